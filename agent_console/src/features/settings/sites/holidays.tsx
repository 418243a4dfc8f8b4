import { CalendarPlus, Plus, X } from 'lucide-react';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { FormSection } from '../../../ui/form';
import { nextSpan, todayIn, type DaySpan, type Holiday } from './hours';
import { SpanField } from './span_field';
import './hours_page.css';

const words = texts.settings.hours;

interface HolidaysProps {
  holidays: readonly Holiday[];
  /** Of the site: a new one begins with its today. */
  timeZone: string;
  onChange: (holidays: Holiday[]) => void;
}

/** Days that are not as their weekday is: closed, or open at hours of their own. */
export function Holidays({ holidays, timeZone, onChange }: HolidaysProps) {
  const replace = (at: number, by: Holiday) =>
    onChange(holidays.map((one, place) => (place === at ? by : one)));
  return (
    <FormSection title={words.holidays} lead={words.holidays_lead}>
      <ul className="hours-holidays">
        {holidays.map((holiday, at) => (
          <HolidayRow
            key={at}
            holiday={holiday}
            onChange={(by) => replace(at, by)}
            onRemove={() => onChange(holidays.filter((_, place) => place !== at))}
          />
        ))}
      </ul>
      <Button
        icon={CalendarPlus}
        onClick={() => onChange([...holidays, { day: todayIn(timeZone), name: '', spans: [] }])}
      >
        {words.add_holiday}
      </Button>
    </FormSection>
  );
}

interface HolidayRowProps {
  holiday: Holiday;
  onChange: (holiday: Holiday) => void;
  onRemove: () => void;
}

function HolidayRow({ holiday, onChange, onRemove }: HolidayRowProps) {
  const { day, name, spans } = holiday;
  const called = name || day;
  const put = (at: number, by: DaySpan | null) =>
    onChange({ ...holiday, spans: spans.flatMap((span, place) => (place === at ? (by ?? []) : span)) });
  return (
    <li>
      <input
        type="date"
        className="field"
        aria-label={words.holiday_day}
        required
        value={day}
        onChange={({ currentTarget: { value } }) => value && onChange({ ...holiday, day: value })}
      />
      <input
        className="field"
        aria-label={words.holiday_name}
        placeholder={words.holiday_name}
        dir="auto"
        maxLength={60}
        value={name}
        onChange={(event) => onChange({ ...holiday, name: event.currentTarget.value })}
      />
      <span className="hours-spans">
        {spans.length === 0 && <span className="hours-closed">{words.closed_all_day}</span>}
        {spans.map((span, at) => (
          <SpanField key={at} name={called} span={span} onChange={(by) => put(at, by)} />
        ))}
      </span>
      <span className="hours-acts">
        <IconButton
          icon={Plus}
          label={words.add_span(called)}
          onClick={() => onChange({ ...holiday, spans: [...spans, nextSpan(spans)] })}
        />
        <IconButton icon={X} label={texts.settings.remove(called)} onClick={onRemove} />
      </span>
    </li>
  );
}
