/** What is being typed after a sign: `/lights` or `@Be`, up to the caret. */
export interface Token {
  query: string;
  from: number;
  to: number;
}

const LONGEST = 40;

/** A sign counts only where a word begins, so that an address or a path opens no list. */
export function tokenAt(text: string, caret: number, sign: '/' | '@'): Token | null {
  const before = text.slice(0, caret);
  const from = before.lastIndexOf(sign);
  if (from < 0 || (from > 0 && !/\s/.test(before[from - 1] ?? ''))) return null;
  const query = before.slice(from + 1);
  if (query.length > LONGEST || query.includes('\n') || query.startsWith(' ')) return null;
  return { query, from, to: caret };
}

export function replaced(text: string, token: Token, by: string): { text: string; caret: number } {
  const head = text.slice(0, token.from) + by;
  return { text: head + text.slice(token.to), caret: head.length };
}
