import { useNow } from '../../state/clock';
import { exactTime, lasting } from '../../ui/time_words';

/** After so long somebody should look, and after so long it is late. */
const WARN_MS = 60_000;
const LATE_MS = 180_000;

function toneOf(ms: number): 'warn' | 'bad' | undefined {
  if (ms >= LATE_MS) return 'bad';
  return ms >= WARN_MS ? 'warn' : undefined;
}

/** How long something lasts already; a wait turns amber, then red. */
export function Age({ since, kind }: { since: string; kind?: 'wait' }) {
  const passed = useNow() - Date.parse(since);
  return (
    <time
      className="board-age numbers"
      dateTime={since}
      title={exactTime(since)}
      data-tone={kind === 'wait' ? toneOf(passed) : undefined}
    >
      {lasting(passed)}
    </time>
  );
}
