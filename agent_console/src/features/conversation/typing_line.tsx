import { useEffect } from 'react';
import type { LoadedConversation } from '../../state/conversation';
import { useDesk } from '../../state/desk_context';
import { texts } from '../../texts';

/** Its place is always kept, so that the timeline does not move when somebody begins to type. */
export function TypingLine({ view }: { view: LoadedConversation }) {
  const { talk } = useDesk();
  const { id } = view.facts.conversation;
  const { typing, colleague_typing } = view;
  useEffect(() => {
    const until = Math.min(typing?.until ?? Infinity, colleague_typing?.until ?? Infinity);
    if (until === Infinity) return;
    const timer = setTimeout(() => talk.fadeTyping(id), Math.max(0, until - Date.now()));
    return () => clearTimeout(timer);
  }, [talk, id, typing, colleague_typing]);
  return (
    <p className="typing-line" aria-live="polite">
      {typing && (
        <>
          <span className="typing-dots" aria-hidden>
            <span />
            <span />
            <span />
          </span>
          {texts.conversation.typing(typing.name || texts.nobody)}
        </>
      )}
    </p>
  );
}
