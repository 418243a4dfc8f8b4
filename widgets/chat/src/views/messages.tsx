import { isOver, unreadIn } from '../state/conversation';
import { newestFirst } from '../state/selectors';
import type { Conversation } from '../state/state';
import { brief } from '../texts/times';
import { useApp } from '../ui/context';
import { Icon } from '../ui/icon';
import { Bar, Face, Skeleton, useFocusOnShow } from '../ui/parts';

export function MessagesView() {
  const { state, texts } = useApp();
  const heading = useFocusOnShow<HTMLHeadingElement>();
  const conversations = newestFirst(state);
  return (
    <div class="view">
      <Bar>
        <h1 ref={heading} tabIndex={-1}>
          {texts.messages}
        </h1>
      </Bar>
      <main class="scroll padded">
        {!state.known && <Skeleton />}
        {state.known && conversations.length === 0 && (
          <div class="empty">
            <Icon name="list" size={28} />
            <p>
              <strong>{texts.noMessages}</strong>
              <br />
              {texts.noMessagesHint}
            </p>
          </div>
        )}
        <ul class="card rows">
          {conversations.map((conversation) => (
            <li key={conversation.summary.id}>
              <ConversationRow conversation={conversation} />
            </li>
          ))}
        </ul>
      </main>
    </div>
  );
}

export function ConversationRow({ conversation }: { conversation: Conversation }) {
  const { state, engine, texts } = useApp();
  const { summary } = conversation;
  const name = summary.agent?.name ?? texts.team;
  const unread = unreadIn(conversation);
  const line =
    conversation.typing === null ? summary.last_text || summary.topic : texts.typing(conversation.typing);
  return (
    <button
      type="button"
      class={`row conversation-row ${unread > 0 ? 'is-unread' : ''}`}
      onClick={() => engine.go({ view: 'conversation', id: summary.id })}
    >
      <Face name={name} picture={summary.agent?.picture ?? null} size={40} />
      <span class="row-text">
        <span class="row-title">
          <bdi>{name}</bdi>
          <time dateTime={summary.updated_at}>{brief(summary.updated_at, state.locale)}</time>
        </span>
        <span class="row-line">
          <span class="clip" dir="auto">
            {line}
          </span>
          {unread > 0 && (
            <span class="count" aria-label={texts.unreadBadge(unread)}>
              {unread}
            </span>
          )}
          {unread === 0 && isOver(conversation) && <span class="quiet-tag">{texts.ended}</span>}
        </span>
      </span>
    </button>
  );
}
