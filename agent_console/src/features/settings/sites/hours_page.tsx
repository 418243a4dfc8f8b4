import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Copy, Plus } from 'lucide-react';
import { useDesk } from '../../../state/desk_context';
import { texts, voice } from '../../../texts';
import { IconButton } from '../../../ui/button';
import { FormSection, SelectField, SwitchField } from '../../../ui/form';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import { SaveBar } from '../save_bar';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import { Holidays } from './holidays';
import { nextSpan, onWorkdays, WEEKDAYS, type Hours, type Span, type Weekday } from './hours';
import { zoneChoices } from './languages';
import { SpanField } from './span_field';
import './hours_page.css';

const words = texts.settings.hours;

export default function HoursPage({ site }: SectionProps) {
  const { api } = useDesk();
  const query = useQuery({
    queryKey: ['hours', site.id],
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/opening-hours', { path: { site_id: site.id } }),
  });
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <Loaded query={query}>
        {({ now: _now, ...stored }) => <HoursForm siteId={site.id} stored={stored} />}
      </Loaded>
    </PageFrame>
  );
}

function HoursForm({ siteId, stored }: { siteId: string; stored: Hours }) {
  const { api } = useDesk();
  const form = useForm<Hours>(stored);
  const { value, change, errors } = form;
  const save = useChange(
    () => api.put('/api/v1/admin/sites/{site_id}/opening-hours', value, { path: { site_id: siteId } }),
    { refresh: [['hours', siteId]], said: texts.settings.saved },
  );
  return (
    <form onSubmit={form.sends(save)}>
      <Now siteId={siteId} hours={value} />
      <SwitchField
        label={words.always}
        hint={words.always_hint}
        on={value.always}
        onChange={(always) => change({ always })}
      />
      <SwitchField
        label={words.closed_by_hand}
        hint={words.closed_by_hand_hint}
        on={value.closed_by_hand}
        onChange={(closed_by_hand) => change({ closed_by_hand })}
      />
      <SelectField
        label={texts.settings.general.time_zone}
        value={value.time_zone}
        options={zoneChoices(value.time_zone)}
        onChange={(time_zone) => change({ time_zone })}
      />
      {!value.always && (
        <>
          <FormSection title={words.week}>
            <Week spans={value.spans} onChange={(spans) => change({ spans })} />
          </FormSection>
          <Holidays
            holidays={value.holidays}
            timeZone={value.time_zone}
            onChange={(holidays) => change({ holidays })}
          />
        </>
      )}
      {save.isError && (
        <p className="form-error" role="alert">
          {Object.values(errors)[0] ?? words.refused}
        </p>
      )}
      <SaveBar isChanged={form.isChanged} isBusy={save.isPending} onDiscard={form.discard} />
    </form>
  );
}

/** What a visitor would be told at this moment, also of what is not saved yet. */
function Now({ siteId, hours }: { siteId: string; hours: Hours }) {
  const { api } = useDesk();
  const query = useQuery({
    queryKey: ['hours', siteId, 'now', hours],
    queryFn: () =>
      api.post('/api/v1/admin/sites/{site_id}/opening-hours/preview', hours, { path: { site_id: siteId } }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!query.data || query.isError) return <p className="hours-now">{words.unclear}</p>;
  const { open, opens_at } = query.data;
  const opening =
    opens_at &&
    new Intl.DateTimeFormat(voice.locale, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: hours.time_zone,
    }).format(new Date(opens_at));
  return (
    <p className="hours-now" role="status" data-open={open}>
      <i aria-hidden />
      {open ? words.open_now : opening ? words.closed_until(opening) : words.closed_now}
    </p>
  );
}

export function Week({ spans, onChange }: { spans: readonly Span[]; onChange: (spans: Span[]) => void }) {
  return (
    <ul className="hours-week">
      {WEEKDAYS.map((day) => (
        <Day key={day} day={day} spans={spans} onChange={onChange} />
      ))}
    </ul>
  );
}

interface DayProps {
  day: Weekday;
  spans: readonly Span[];
  onChange: (spans: Span[]) => void;
}

function Day({ day, spans, onChange }: DayProps) {
  const name = words.days[day];
  const mine = spans.filter((span) => span.day === day);
  const replace = (old: Span, by: Span | null) =>
    onChange(spans.flatMap((span) => (span === old ? (by ? [by] : []) : [span])));
  return (
    <li>
      <h3>{name}</h3>
      <div className="hours-spans">
        {mine.length === 0 && <span className="hours-closed">{words.closed}</span>}
        {mine.map((span, at) => (
          <SpanField
            key={at}
            name={name}
            span={span}
            onChange={(by) => replace(span, by && { ...span, ...by })}
          />
        ))}
      </div>
      <div className="hours-acts">
        {day === 'mon' && mine.length > 0 && (
          <IconButton icon={Copy} label={words.to_workdays} onClick={() => onChange(onWorkdays(spans))} />
        )}
        <IconButton
          icon={Plus}
          label={words.add_span(name)}
          onClick={() => onChange([...spans, { day, ...nextSpan(mine) }])}
        />
      </div>
    </li>
  );
}
