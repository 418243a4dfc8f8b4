import { useNow } from '../state/clock';
import { voice } from '../texts';
import { ownZone } from './own_zone';
import { exactTime, lasting } from './time_words';

/** Time that runs: since a moment, anew each second. */
export function Elapsed({ since, words }: { since: string; words?: (time: string) => string }) {
  const now = useNow();
  const time = lasting(now - Date.parse(since));
  return (
    <time className="numbers" dateTime={since} title={exactTime(since)}>
      {words ? words(time) : time}
    </time>
  );
}

const clockTime = new Intl.DateTimeFormat(voice.locale, {
  hour: '2-digit',
  minute: '2-digit',
  timeZone: ownZone(),
});

/** The hour and minute, with the whole date on hover. */
export function ClockTime({ at }: { at: string }) {
  return (
    <time className="numbers" dateTime={at} title={exactTime(at)}>
      {clockTime.format(new Date(at))}
    </time>
  );
}
