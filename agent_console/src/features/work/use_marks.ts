import { useMemo } from 'react';
import { useDesk, useOpenConversationId } from '../../state/desk_context';
import { isEmpty } from '../../state/drafts';
import { useStore, useValue } from '../../state/store';

/** What a row must say about my own unfinished business: a failed message before a draft. */
export function useMarks(): (conversationId: string) => 'failed' | 'draft' | null {
  const { talk, drafts, work } = useDesk();
  const elsewhere = useStore(work.store, (state) => state.drafts);
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
      const draft = drafts.of(id).get();
      // Where this browser has never synchronised, the server's list knows better.
      if (isEmpty(draft) && draft.version === 0) return elsewhere.includes(id) ? 'draft' : null;
      return isEmpty(draft) ? null : 'draft';
    };
  }, [outgoing, drafts, openId, elsewhere]);
}
