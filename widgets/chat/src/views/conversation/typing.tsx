import type { ConversationAgent } from '@engage/client';
import { useApp } from '../../ui/context';
import { Face } from '../../ui/parts';

export function TypingBubble({ name, agent }: { name: string; agent: ConversationAgent | null }) {
  const { texts } = useApp();
  return (
    <div class="bubble-row theirs typing-row" role="status" aria-label={texts.typing(name)}>
      <Face name={name} picture={agent?.picture ?? null} size={28} />
      <span class="bubble typing" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
    </div>
  );
}
