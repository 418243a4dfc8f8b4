import { CirclePause, Clock, ClockAlert } from 'lucide-react';
import type { PromiseClock } from '@engage/client/src/agent';
import { useNow } from '../state/clock';
import { texts } from '../texts';
import { countdown, exactTime } from './time_words';
import './promise_clock.css';

/** What is left of a promise whose clock stands, in the place of a row's time. */
export function StandingClock({ clock }: { clock: PromiseClock }) {
  const words = texts.promises;
  const left = (clock.left_seconds ?? 0) * 1000;
  const title = words.stands(words.names[clock.promise]);
  return (
    <span className={`work-row-time numbers promise-clock-standing tone-${toneOf(clock, 0)}`} title={title}>
      <CirclePause size={12} aria-hidden />
      <span className="visually-hidden">{title} </span>
      {left < 0 ? texts.work.overdue(countdown(left)) : texts.work.due_in(countdown(left))}
    </span>
  );
}

type Tone = 'calm' | 'near' | 'breach';

function toneOf(clock: PromiseClock, now: number): Tone {
  if (clock.broken || (clock.due_at !== null && now >= Date.parse(clock.due_at))) return 'breach';
  return clock.warned || (clock.warn_at !== null && now >= Date.parse(clock.warn_at)) ? 'near' : 'calm';
}

const ICONS = { calm: Clock, near: Clock, breach: ClockAlert };

/** The promise that ends first: which one, how long it has, whether it stands. Counts by the server's time. */
export function PromiseChip({ clock }: { clock: PromiseClock }) {
  const now = useNow();
  const words = texts.promises;
  const isStanding = clock.left_seconds !== null;
  const left = clock.due_at === null ? (clock.left_seconds ?? 0) * 1000 : Date.parse(clock.due_at) - now;
  const tone = toneOf(clock, now);
  const Icon = isStanding ? CirclePause : ICONS[tone];
  const name = words.names[clock.promise];
  const time = left < 0 ? texts.work.overdue(countdown(left)) : texts.work.due_in(countdown(left));
  return (
    <span
      className={`promise-chip tone-${tone}`}
      title={clock.due_at ? words.until(name, exactTime(clock.due_at)) : words.stands(name)}
    >
      <Icon size={12} aria-hidden />
      <span className="promise-chip-name">{name}</span>
      <span className="numbers">{isStanding ? words.paused(time) : time}</span>
    </span>
  );
}
