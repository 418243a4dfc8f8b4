import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CalendarPlus, Copy, Plus, X } from 'lucide-react';
import { useDesk } from '../../../state/desk_context';
import { texts, voice } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { FormSection, SelectField, SwitchField } from '../../../ui/form';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import { SaveBar } from '../save_bar';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import { nextSpan, onWorkdays, todayIn, WEEKDAYS, type Hours, type Span, type Weekday } from './hours';
import { zoneChoices } from './languages';
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
        {({ now: _now, ...stored }) => (
          <HoursForm key={JSON.stringify(stored)} siteId={site.id} stored={stored} />
        )}
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
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, { onError: form.refused });
      }}
    >
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
          <span key={at} className="hours-span">
            <Time
              label={words.from(name)}
              value={span.begin}
              onChange={(begin) => replace(span, { ...span, begin })}
            />
            –
            <Time
              label={words.until(name)}
              value={span.end === '24:00' ? '00:00' : span.end}
              onChange={(end) => replace(span, { ...span, end: end === '00:00' ? '24:00' : end })}
            />
            <IconButton icon={X} label={words.remove_span(name)} onClick={() => replace(span, null)} />
          </span>
        ))}
      </div>
      <div className="hours-acts">
        {day === 'mon' && mine.length > 0 && (
          <IconButton icon={Copy} label={words.to_workdays} onClick={() => onChange(onWorkdays(spans))} />
        )}
        <IconButton
          icon={Plus}
          label={words.add_span(name)}
          onClick={() => onChange([...spans, nextSpan(day, mine)])}
        />
      </div>
    </li>
  );
}

interface TimeProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function Time({ label, value, onChange }: TimeProps) {
  return (
    <input
      type="time"
      className="field"
      aria-label={label}
      required
      value={value}
      onChange={(event) => event.currentTarget.value && onChange(event.currentTarget.value)}
    />
  );
}

interface HolidaysProps {
  holidays: Hours['holidays'];
  /** Of the site: a new one begins with its today. */
  timeZone: string;
  onChange: (holidays: Hours['holidays']) => void;
}

export function Holidays({ holidays, timeZone, onChange }: HolidaysProps) {
  const replace = (at: number, part: Partial<Hours['holidays'][number]>) =>
    onChange(holidays.map((one, place) => (place === at ? { ...one, ...part } : one)));
  return (
    <FormSection title={words.holidays} lead={words.holidays_lead}>
      <ul className="hours-holidays">
        {holidays.map((holiday, at) => (
          <li key={at}>
            <input
              type="date"
              className="field"
              aria-label={words.holiday_day}
              required
              value={holiday.day}
              onChange={(event) =>
                event.currentTarget.value && replace(at, { day: event.currentTarget.value })
              }
            />
            <input
              className="field"
              aria-label={words.holiday_name}
              placeholder={words.holiday_name}
              maxLength={60}
              value={holiday.name}
              onChange={(event) => replace(at, { name: event.currentTarget.value })}
            />
            <IconButton
              icon={X}
              label={texts.settings.remove(holiday.name || holiday.day)}
              onClick={() => onChange(holidays.filter((_, place) => place !== at))}
            />
          </li>
        ))}
      </ul>
      <Button
        icon={CalendarPlus}
        onClick={() => onChange([...holidays, { day: todayIn(timeZone), name: '' }])}
      >
        {words.add_holiday}
      </Button>
    </FormSection>
  );
}
