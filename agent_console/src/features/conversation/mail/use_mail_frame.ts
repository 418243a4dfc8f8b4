import { useQuery } from '@tanstack/react-query';
import type { LoadedConversation } from '../../../state/conversation';
import { useDesk } from '../../../state/desk_context';

/** What stands around the next answer: asked anew when the customer has written. */
export function useMailFrame({ facts, timeline }: LoadedConversation) {
  const { api } = useDesk();
  const conversation_id = facts.conversation.id;
  const last = timeline.entries.findLast((entry) => entry.author.kind === 'visitor');
  const frame = useQuery({
    queryKey: ['mail_frame', conversation_id, last?.id],
    queryFn: () =>
      api.get('/api/v1/agent/conversations/{conversation_id}/mail-frame', { path: { conversation_id } }),
    placeholderData: (before) => before,
  });
  return frame.data ?? null;
}
