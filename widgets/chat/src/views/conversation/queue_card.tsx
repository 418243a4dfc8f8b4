import type { Conversation } from '../../state/state';
import { useApp } from '../../ui/context';
import { Icon } from '../../ui/icon';

/** Where the visitor stands, live. Numbers only when they are known: an honest "soon" beats an invented minute. */
export function QueueCard({ conversation }: { conversation: Conversation }) {
  const { state, engine, texts, spoken } = useApp();
  const calls =
    state.home.status === 'ready' && state.home.value.ways.some(({ channel }) => channel === 'callback');
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
        {calls && (
          <button
            type="button"
            class="button quiet call-instead"
            onClick={() => engine.go({ view: 'call', from: conversation.summary.id })}
          >
            <Icon name="phone" size={16} />
            {texts.callInstead}
          </button>
        )}
      </span>
    </div>
  );
}
