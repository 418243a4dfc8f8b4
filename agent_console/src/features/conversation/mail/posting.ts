import { createStore, type Store } from '../../../state/store';

/** How the answer that is being written goes out, where it differs from the usual. */
export interface Posting {
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  /** What the customer wrote last stands below it. */
  readonly quoted: boolean;
  /** As it was typed; none is that of the conversation. */
  readonly subject: string | null;
}

export const usualPosting: Posting = { cc: [], bcc: [], quoted: true, subject: null };
const stores = new Map<string, Store<Posting>>();

export function postingOf(conversationId: string): Store<Posting> {
  const known = stores.get(conversationId);
  if (known) return known;
  const store = createStore(usualPosting);
  stores.set(conversationId, store);
  return store;
}

/** Somebody@somewhere.example; whether it takes mail nobody knows before it is tried. */
export function isAddress(text: string): boolean {
  return /^[^\s@<>,;"()[\]]{1,64}@[^\s@<>,;"()[\].]+(\.[^\s@<>,;"()[\].]+)+$/.test(text);
}

/** What was typed or pasted, such as `Kim <kim@home.example>, lee@home.example`. */
export function addressesIn(text: string): { found: string[]; rest: string } {
  const parts = text.split(/[,;\s\n]+/).map((part) => part.replace(/^<|>$/g, ''));
  const found = parts.filter(isAddress).map((address) => address.toLowerCase());
  const wrong = parts.filter((part) => part.includes('@') && !isAddress(part));
  return { found, rest: found.length > 0 ? wrong.join(' ') : text.trim() };
}
