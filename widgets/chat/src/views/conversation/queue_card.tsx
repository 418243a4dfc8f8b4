import type { Conversation } from '../../state/state';
import { useApp } from '../../ui/context';
import { InsteadPart } from '../call_view';

/** Where the visitor stands, live. Numbers only when they are known: an honest "soon" beats an invented minute. */
export function QueueCard({ conversation }: { conversation: Conversation }) {
  const { texts, spoken } = useApp();
  const { position, expected_wait } = conversation;
  return (
    <div class="queue-card" role="status">
      <span class="pulse" aria-hidden="true" />
      <span>
        <strong {...(position === null ? spoken('queueSoon') : {})}>
          {position === null ? texts.queueSoon : texts.queuePosition(position)}
        </strong>
        {expected_wait !== null && <span>, {texts.queueWait(expected_wait)}</span>}
        <br />
        <span class="note" {...spoken('queueHint')}>
          {texts.queueHint}
        </span>
        <InsteadPart conversation={conversation} />
      </span>
    </div>
  );
}
