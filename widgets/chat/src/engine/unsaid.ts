import type { Attachment, Entry, Keeper } from '@engage/client';

const plain = (text: string) => text.normalize().replace(/\s+/g, ' ').trim();

/**
 * What was submitted and does not stand in the conversation that came back: an earlier try, whose answer was
 * lost, had other words or fewer files. null when all is there.
 */
export function unsaid(
  entries: readonly Entry[],
  text: string,
  attachments: readonly Attachment[],
): { text: string; attachments: Attachment[] } | null {
  const said = entries.filter(({ kind, author }) => kind === 'message' && author.kind === 'visitor');
  const there = new Set(said.flatMap((entry) => entry.attachments.map(({ id }) => id)));
  const words = said.some((entry) => plain(entry.text) === plain(text)) ? '' : text.trim();
  const files = attachments.filter(({ id }) => !there.has(id));
  return words === '' && files.length === 0 ? null : { text: words, attachments: files };
}

/** Words that can go nowhere any more begin the next conversation, unless one is being written. */
export function keepForNewContact(keeper: Keeper, key: string, text: string): void {
  if (text !== '' && keeper.read(key) === null) keeper.write(key, JSON.stringify({ text }));
}

/** What was being written in the one is written on in the other, unless something is being written there. */
export function moveDraft(keeper: Keeper, from: string, to: string): void {
  const moved = keeper.read(from);
  if (moved === null) return;
  if (keeper.read(to) === null) keeper.write(to, moved);
  keeper.remove(from);
}
