import type { CallbackOptions } from '@engage/client';
import { clock, day, dayKey, placeOf, upcoming } from '../../texts/times';
import { useApp } from '../../ui/context';
import { wordsFor } from './words';

/** Undefined while nothing is chosen, null for as soon as possible. */
export type Chosen = string | null | undefined;

interface TimeChoiceProps {
  options: CallbackOptions;
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
  complaint: string | undefined;
}

/** At once, or a slot on one of the next days, by the visitor's own clock. */
export function TimeChoice({ options, chosen, onChoose, complaint }: TimeChoiceProps) {
  const { state } = useApp();
  const words = wordsFor(state.locale);
  const days = byDay(options.slots);
  const first = [...days.values()][0]?.[0];
  const shown = chosen ? (days.get(dayKey(chosen)) ?? []) : [];
  if (!options.now && first === undefined) return <p class="note">{words.nothingFree}</p>;
  return (
    <fieldset class="topics call-times" aria-describedby="call-time-complaint">
      <legend class="label">{words.when}</legend>
      {options.now && (
        <Pill name="call-day" checked={chosen === null} onChoose={() => onChoose(null)}>
          {words.atOnce}
          {options.expected_wait_seconds !== null &&
            ` · ${words.atOnceIn(Math.round(options.expected_wait_seconds / 60))}`}
        </Pill>
      )}
      {[...days.values()].map((slots) => {
        const [slot] = slots;
        if (slot === undefined) return null;
        const isShown = chosen !== null && chosen !== undefined && dayKey(chosen) === dayKey(slot);
        return (
          <Pill key={slot} name="call-day" checked={isShown} onChoose={() => onChoose(slot)}>
            {dayName(slot, state.locale)}
          </Pill>
        );
      })}
      {shown.length > 0 && (
        <div class="call-slots" role="radiogroup" aria-label={words.time}>
          {shown.map((slot) => (
            <Pill key={slot} name="call-slot" checked={chosen === slot} onChoose={() => onChoose(slot)}>
              {clock(slot, state.locale)}
            </Pill>
          ))}
          <p class="note">{words.zone(placeOf(Intl.DateTimeFormat().resolvedOptions().timeZone))}</p>
        </div>
      )}
      <p class="complaint" id="call-time-complaint">
        {complaint}
      </p>
    </fieldset>
  );
}

interface PillProps {
  name: string;
  checked: boolean;
  onChoose: () => void;
  children: preact.ComponentChildren;
}

function Pill({ name, checked, onChoose, children }: PillProps) {
  return (
    <label class={`pill ${checked ? 'is-chosen' : ''}`}>
      <input type="radio" name={name} checked={checked} onChange={onChoose} />
      {children}
    </label>
  );
}

function byDay(slots: readonly string[]): Map<string, string[]> {
  const days = new Map<string, string[]>();
  for (const slot of slots) days.set(dayKey(slot), [...(days.get(dayKey(slot)) ?? []), slot]);
  return days;
}

/** "Today", "tomorrow", then the weekday. */
function dayName(slot: string, locale: string): string {
  if (dayKey(slot) === new Date().toDateString()) return day(slot, locale);
  const name = upcoming(slot, locale).replace(clock(slot, locale), '').trim();
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}
