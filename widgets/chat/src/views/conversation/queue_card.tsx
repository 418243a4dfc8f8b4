import type { Conversation } from '../../state/state';
import { useApp } from '../../ui/context';

/** Where the visitor stands, live. Numbers only when they are known: an honest "soon" beats an invented minute. */
export function QueueCard({ conversation }: { conversation: Conversation }) {
  const { texts } = useApp();
  const { position, expected_wait_seconds } = conversation;
  return (
    <div class="queue-card" role="status">
      <span class="pulse" aria-hidden="true" />
      <span>
        <strong>{position === null ? texts.queueSoon : texts.queuePosition(position)}</strong>
        {expected_wait_seconds !== null && <span> · {texts.queueWait(expected_wait_seconds)}</span>}
        <br />
        <span class="note">{texts.queueHint}</span>
      </span>
    </div>
  );
}
