import { useQuery } from '@tanstack/react-query';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { FormSection, SelectField, SwitchField, TextField } from '../../../ui/form';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import { SaveBar } from '../save_bar';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { useForm, type Form } from '../use_form';
import { CountriesField } from './countries_field';

type Settings = components['schemas']['CallbackSettings'];
export type Rules = Settings['rules'];

const words = texts.call_settings;
const LENGTHS = [15, 30, 60, 120] as const;

export default function CallbackPage({ site }: SectionProps) {
  const { api } = useDesk();
  const query = useQuery({
    queryKey: ['callback_settings', site.id],
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/callback', { path: { site_id: site.id } }),
  });
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <Loaded query={query}>{(stored) => <RulesForm siteId={site.id} stored={stored} />}</Loaded>
    </PageFrame>
  );
}

function RulesForm({ siteId, stored }: { siteId: string; stored: Settings }) {
  const { api, work } = useDesk();
  const form = useForm<Rules>(stored.rules);
  const save = useChange(
    () => api.put('/api/v1/admin/sites/{site_id}/callback', form.value, { path: { site_id: siteId } }),
    // whether calls stand in the rail
    { refresh: [['callback_settings', siteId]], said: texts.settings.saved, onDone: () => void work.sync() },
  );
  const { on, countries } = form.value;
  return (
    <form onSubmit={form.sends(save)}>
      <SwitchField label={words.on} hint={words.on_hint} on={on} onChange={(to) => form.change({ on: to })} />
      <FormSection title={words.countries} lead={words.countries_lead}>
        <CountriesField
          all={stored.countries}
          chosen={countries}
          onChange={(to) => form.change({ countries: to })}
        />
      </FormSection>
      <FormSection title={words.times} lead={words.times_lead}>
        <Times form={form} />
      </FormSection>
      <FormSection title={words.retries} lead={words.retries_lead}>
        <Count form={form} of="attempts" label={words.attempts} least={1} most={10} />
        <Count form={form} of="busy_minutes" label={words.busy_minutes} least={1} most={1440} />
        <Count form={form} of="no_answer_minutes" label={words.no_answer_minutes} least={1} most={1440} />
      </FormSection>
      <FormSection
        title={words.limits}
        lead={`${words.limits_lead} ${words.called_today(stored.called_today)}`}
      >
        <Count form={form} of="per_number" label={words.per_number} least={1} most={100} />
        <Count form={form} of="per_visitor" label={words.per_visitor} least={1} most={100} />
        <Count form={form} of="per_address" label={words.per_address} least={1} most={10_000} />
        <Count form={form} of="calls_a_day" label={words.calls_a_day} least={0} most={1_000_000} />
      </FormSection>
      <SaveBar isChanged={form.isChanged} isBusy={save.isPending} onDiscard={form.discard} />
    </form>
  );
}

function Times({ form }: { form: Form<Rules> }) {
  const { value } = form;
  return (
    <>
      <SwitchField
        label={words.now}
        hint={words.now_hint}
        on={value.now}
        onChange={(now) => form.change({ now })}
      />
      <SwitchField label={words.slots} on={value.slots} onChange={(slots) => form.change({ slots })} />
      {value.slots && (
        <>
          <SelectField
            label={words.slot_minutes}
            value={String(value.slot_minutes)}
            options={LENGTHS.map((length) => ({ value: String(length), label: words.minutes(length) }))}
            onChange={(chosen) =>
              form.change({ slot_minutes: LENGTHS.find((length) => String(length) === chosen) ?? 30 })
            }
          />
          <TextField
            label={words.slot_capacity}
            hint={words.slot_capacity_hint}
            type="number"
            min={1}
            max={1000}
            value={value.slot_capacity === null ? '' : String(value.slot_capacity)}
            onChange={(text) => form.change({ slot_capacity: text === '' ? null : Number(text) })}
          />
          <Count form={form} of="lead_minutes" label={words.lead_minutes} least={0} most={2880} />
          <Count form={form} of="days_ahead" label={words.days_ahead} least={0} most={14} />
        </>
      )}
      <Clock form={form} of="quiet_from" label={words.quiet_from} />
      <Clock form={form} of="quiet_until" label={words.quiet_until} />
    </>
  );
}

type Counted =
  | 'attempts'
  | 'busy_minutes'
  | 'no_answer_minutes'
  | 'lead_minutes'
  | 'days_ahead'
  | 'per_number'
  | 'per_visitor'
  | 'per_address'
  | 'calls_a_day';

interface CountProps {
  form: Form<Rules>;
  of: Counted;
  label: string;
  least: number;
  most: number;
}

function Count({ form, of, label, least, most }: CountProps) {
  return (
    <TextField
      label={label}
      error={form.errors[of] ?? null}
      type="number"
      required
      min={least}
      max={most}
      value={String(form.value[of])}
      onChange={(text) => form.change({ [of]: Number(text) })}
    />
  );
}

function Clock({ form, of, label }: { form: Form<Rules>; of: 'quiet_from' | 'quiet_until'; label: string }) {
  return (
    <TextField
      label={label}
      error={form.errors[of] ?? null}
      type="time"
      required
      value={form.value[of]}
      onChange={(text) => form.change({ [of]: text })}
    />
  );
}
