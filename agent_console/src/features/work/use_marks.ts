import { useMemo } from 'react';
import { useDesk, useOpenConversationId } from '../../state/desk_context';
import { isEmpty } from '../../state/drafts';
import { useValue } from '../../state/store';

/** What a row must say about my own unfinished business: a failed message before a draft. */
export function useMarks(): (conversationId: string) => 'failed' | 'draft' | null {
  const { talk, drafts } = useDesk();
  const outgoing = useValue(talk.outgoing);
  const openId = useOpenConversationId();
  return useMemo(() => {
    const failed = new Set(
      outgoing.filter((row) => row.state === 'failed').map((row) => row.conversation_id),
    );
    return (id) => {
      if (failed.has(id)) return 'failed';
      // The open one shows its draft in the composer itself.
      if (id === openId) return null;
      return isEmpty(drafts.of(id).get()) ? null : 'draft';
    };
  }, [outgoing, drafts, openId]);
}
