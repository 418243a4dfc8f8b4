import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { NumberField, SelectField, TextField } from '../../../ui/form';
import { TickList } from '../../../ui/tick_list';
import { NounDialog } from '../noun_dialog';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import { languageName } from './languages';
import type { Queues, QueueSetup } from './queues_page';

const words = texts.settings.queues;
const modes = texts.parties.wrap_up_mode;
const auto = texts.handling.auto;
const ALERTS = [0, 3, 5, 10];
const MODES: readonly QueueSetup['wrap_up_mode'][] = ['optional', 'timed', 'mandatory', 'none'];

interface QueueDialogProps {
  siteId: string;
  /** None is a new one. */
  queue: QueueSetup | null;
  /** Who could serve it stands here too. */
  all: Queues;
  onClose: () => void;
}

export function QueueDialog({ siteId, queue, all, onClose }: QueueDialogProps) {
  const { api } = useDesk();
  const form = useForm({
    name: queue?.name ?? '',
    names: queue?.names ?? {},
    offer_seconds: queue?.offer_seconds ?? 25,
    accept_after_seconds: queue?.accept_after_seconds ?? null,
    wrap_up_seconds: queue?.wrap_up_seconds ?? 120,
    wrap_up_mode: queue?.wrap_up_mode ?? ('optional' as QueueSetup['wrap_up_mode']),
    agent_ids: queue?.agent_ids ?? all.people.map(({ id }) => id),
    team_ids: queue?.team_ids ?? [],
  });
  const { value, change, errors } = form;
  const save = useChange(
    () =>
      queue
        ? api.put('/api/v1/admin/queues/{queue_id}', value, { path: { queue_id: queue.id } })
        : api.post('/api/v1/admin/sites/{site_id}/queues', value, { path: { site_id: siteId } }),
    { refresh: [['queues', siteId]], onDone: onClose },
  );
  return (
    <NounDialog
      title={queue ? texts.settings.edit(queue.name) : words.add}
      words={words}
      maxLength={100}
      form={form}
      save={save}
      onClose={onClose}
    >
      {all.locales.slice(1).map((locale) => (
        <TextField
          key={locale}
          label={words.name_in(languageName(locale))}
          placeholder={value.name}
          maxLength={100}
          value={value.names[locale] ?? ''}
          onChange={(name) => change({ names: withName(value.names, locale, name) })}
        />
      ))}
      <div className="form-pair">
        <NumberField
          label={words.offer_seconds}
          min={5}
          max={300}
          value={value.offer_seconds}
          error={errors.offer_seconds}
          onChange={(seconds) => change({ offer_seconds: seconds })}
        />
        <NumberField
          label={words.wrap_up_seconds}
          min={0}
          max={900}
          value={value.wrap_up_seconds}
          error={errors.wrap_up_seconds}
          onChange={(seconds) => change({ wrap_up_seconds: seconds })}
        />
      </div>
      <SelectField
        label={auto.label}
        hint={auto.hint}
        value={value.accept_after_seconds?.toString() ?? ''}
        options={alerts(value.accept_after_seconds)}
        onChange={(seconds) => change({ accept_after_seconds: seconds === '' ? null : Number(seconds) })}
      />
      <SelectField
        label={modes.label}
        value={value.wrap_up_mode}
        options={MODES.map((mode) => ({ value: mode, label: modes[mode] }))}
        onChange={(wrap_up_mode) => change({ wrap_up_mode })}
      />
      {all.teams.length > 0 && (
        <TickList
          label={words.teams}
          items={all.teams}
          chosen={value.team_ids}
          onChange={(team_ids) => change({ team_ids })}
        />
      )}
      <TickList
        label={all.teams.length > 0 ? words.who_else : words.who}
        items={all.people}
        chosen={value.agent_ids}
        onChange={(agent_ids) => change({ agent_ids })}
      />
    </NounDialog>
  );
}

/** The usual alerts, and the one that was set elsewhere. */
function alerts(own: number | null): { value: string; label: string }[] {
  const seconds = [...new Set([...ALERTS, ...(own === null ? [] : [own])])].sort((a, b) => a - b);
  const words = (one: number) => (one === 0 ? auto.at_once : auto.after(one));
  return [
    { value: '', label: auto.by_hand },
    ...seconds.map((one) => ({ value: one.toString(), label: words(one) })),
  ];
}

/** An empty one is none: visitors read the name then. */
function withName(names: QueueSetup['names'], locale: string, name: string): QueueSetup['names'] {
  const { [locale]: _before, ...others } = names;
  return name.trim() ? { ...others, [locale]: name } : others;
}
