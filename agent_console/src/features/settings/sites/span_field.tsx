import { X } from 'lucide-react';
import { texts } from '../../../texts';
import { IconButton } from '../../../ui/button';
import type { DaySpan } from './hours';

const words = texts.settings.hours;

interface SpanFieldProps {
  /** The day it belongs to, for those who do not see it. */
  name: string;
  span: DaySpan;
  /** Null takes it away. */
  onChange: (span: DaySpan | null) => void;
}

/** From a time until another one; midnight at the end is the end of the day. */
export function SpanField({ name, span: { begin, end }, onChange }: SpanFieldProps) {
  return (
    <span className="hours-span">
      <Time label={words.from(name)} value={begin} onChange={(time) => onChange({ begin: time, end })} />
      –
      <Time
        label={words.until(name)}
        value={end === '24:00' ? '00:00' : end}
        onChange={(time) => onChange({ begin, end: time === '00:00' ? '24:00' : time })}
      />
      <IconButton icon={X} label={words.remove_span(name)} onClick={() => onChange(null)} />
    </span>
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
