import type { Entry } from '@engage/client';
import type { Draft } from '../../state/drafts';

/** Who answered the visitor while this reply was being written; sending over it asks first. */
export function newerAnswer(draft: Draft, entries: readonly Entry[], myId: string): string | null {
  const begun = draft.reply_begun_at;
  if (draft.tab === 'note' || begun === null) return null;
  const other = entries.findLast(
    (entry) =>
      entry.seq > begun &&
      entry.kind === 'message' &&
      entry.author.kind === 'agent' &&
      entry.author.id !== myId,
  );
  return other?.author.name ?? null;
}
