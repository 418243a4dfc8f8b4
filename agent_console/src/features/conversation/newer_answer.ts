import type { Entry } from '@engage/client';
import type { Draft } from '../../state/drafts';

/**
 * Who spoke without this reply knowing it: a colleague since it was begun, or the visitor where nobody has looked
 * yet. Sending over it asks first.
 */
export function newerAnswer(
  draft: Draft,
  entries: readonly Entry[],
  me: { id: string; read_seq: number },
): string | null {
  const begun = draft.reply_begun_at;
  if (draft.tab === 'note' || begun === null) return null;
  const other = entries.findLast((entry) => {
    if (entry.kind !== 'message' && entry.kind !== 'article') return false;
    if (entry.author.kind === 'visitor') return entry.kind === 'message' && entry.seq > me.read_seq;
    return entry.seq > begun && entry.author.id !== me.id;
  });
  return other?.author.name ?? null;
}
