import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { FormSection, NumberField, SwitchField, TextField } from '../../../ui/form';
import { TickList } from '../../../ui/tick_list';
import { NounDialog } from '../noun_dialog';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import type { PromiseView, Promises } from './promises_page';

const words = texts.promises;
const LONGEST_MINUTES = 129_600;
const NAMES = ['first_response', 'next_response', 'resolution'] as const;
type Minutes = `${(typeof NAMES)[number]}_minutes`;

interface PromiseDialogProps {
  siteId: string;
  /** None is a new one. */
  promise: PromiseView | null;
  all: Promises;
  onClose: () => void;
}

function begun(promise: PromiseView | null) {
  return {
    name: promise?.name ?? '',
    queue_ids: promise?.queue_ids ?? [],
    channels: promise?.channels ?? [],
    tiers: (promise?.tiers ?? []).join(', '),
    first_response_minutes: text(promise ? promise.first_response_minutes : 10),
    next_response_minutes: text(promise?.next_response_minutes),
    resolution_minutes: text(promise?.resolution_minutes),
    in_business_hours: promise?.in_business_hours ?? true,
    warn_percent: promise?.warn_percent ?? 80,
    raise_minutes: promise?.raise_minutes ?? 15,
  };
}

const text = (minutes: number | null | undefined) => (minutes ? String(minutes) : '');

export function PromiseDialog({ siteId, promise, all, onClose }: PromiseDialogProps) {
  const { api } = useDesk();
  const form = useForm(begun(promise));
  const { value, change, errors } = form;
  const body = {
    ...value,
    tiers: value.tiers
      .split(',')
      .map((tier) => tier.trim())
      .filter(Boolean),
    first_response_minutes: Number(value.first_response_minutes) || null,
    next_response_minutes: Number(value.next_response_minutes) || null,
    resolution_minutes: Number(value.resolution_minutes) || null,
  };
  const promisesSomething = NAMES.some((name) => body[`${name}_minutes`] !== null);
  const save = useChange(
    () =>
      promise
        ? api.put('/api/v1/admin/promises/{promise_id}', body, { path: { promise_id: promise.id } })
        : api.post('/api/v1/admin/sites/{site_id}/promises', body, { path: { site_id: siteId } }),
    { refresh: [['promises', siteId]], onDone: onClose },
  );
  const minutes = (key: Minutes, label: string) => (
    <TextField
      key={key}
      type="number"
      min={1}
      max={LONGEST_MINUTES}
      label={label}
      value={value[key]}
      error={errors[key]}
      onChange={(typed) => change({ [key]: typed })}
    />
  );
  return (
    <NounDialog
      title={promise ? words.change : words.add}
      words={words}
      maxLength={60}
      size="wide"
      form={form}
      save={save}
      isReady={promisesSomething}
      onClose={onClose}
    >
      <FormSection title={words.within} lead={words.within_hint}>
        {NAMES.map((name) => minutes(`${name}_minutes`, words.names[name]))}
      </FormSection>
      <FormSection title={words.who} lead={words.who_hint}>
        <TickList
          label={words.queues}
          items={all.queues}
          chosen={value.queue_ids}
          onChange={(queue_ids) => change({ queue_ids })}
        />
        <TickList
          label={words.channels}
          items={Object.entries(texts.channels).map(([id, name]) => ({ id, name }))}
          chosen={value.channels}
          onChange={(channels) => change({ channels })}
        />
        <TextField
          label={words.tiers}
          hint={words.tiers_hint}
          value={value.tiers}
          error={errors.tiers}
          onChange={(tiers) => change({ tiers })}
        />
      </FormSection>
      <FormSection title={words.counting}>
        <SwitchField
          label={words.in_business_hours}
          hint={words.in_business_hours_hint}
          on={value.in_business_hours}
          onChange={(in_business_hours) => change({ in_business_hours })}
        />
        <NumberField
          label={words.warn_percent}
          hint={words.warn_percent_hint}
          min={1}
          max={100}
          value={value.warn_percent}
          error={errors.warn_percent}
          onChange={(warn_percent) => change({ warn_percent })}
        />
        <NumberField
          label={words.raise_minutes}
          hint={words.raise_minutes_hint}
          min={0}
          max={1440}
          value={value.raise_minutes}
          error={errors.raise_minutes}
          onChange={(raise_minutes) => change({ raise_minutes })}
        />
      </FormSection>
    </NounDialog>
  );
}
