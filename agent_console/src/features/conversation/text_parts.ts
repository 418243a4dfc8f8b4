export type TextPart =
  | { type: 'text'; text: string }
  | { type: 'link'; text: string; href: string }
  | { type: 'mention'; text: string };

const LINK = /\bhttps?:\/\/[^\s<>"']+/gi;
/** Signs that end a sentence are not part of the address in it. */
const TAIL = /[.,;:!?)\]}'"]+$/;

/** Splits a text into plain parts, web addresses and the colleagues it names; nothing else ever becomes a link. */
export function textParts(text: string, names: readonly string[] = []): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const found of text.matchAll(LINK)) {
    const link = found[0].replace(TAIL, '');
    const at = found.index;
    if (!URL.canParse(link)) continue;
    if (at > from) parts.push(...withMentions(text.slice(from, at), names));
    parts.push({ type: 'link', text: link, href: new URL(link).href });
    from = at + link.length;
  }
  if (from < text.length) parts.push(...withMentions(text.slice(from), names));
  return parts;
}

function withMentions(text: string, names: readonly string[]): TextPart[] {
  const longestFirst = [...names].sort((a, b) => b.length - a.length);
  const signs = longestFirst.map((name) => `@${name}`.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (signs.length === 0) return [{ type: 'text', text }];
  return text
    .split(new RegExp(`(${signs.join('|')})`))
    .filter((part) => part !== '')
    .map((part) => ({
      type: names.includes(part.slice(1)) && part.startsWith('@') ? 'mention' : 'text',
      text: part,
    }));
}
