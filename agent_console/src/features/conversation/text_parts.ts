export type TextPart = { type: 'text'; text: string } | { type: 'link'; text: string; href: string };

const LINK = /\bhttps?:\/\/[^\s<>"']+/gi;
/** Signs that end a sentence are not part of the address in it. */
const TAIL = /[.,;:!?)\]}'"]+$/;

/** Splits a text into plain parts and web addresses; nothing else ever becomes a link. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const found of text.matchAll(LINK)) {
    const link = found[0].replace(TAIL, '');
    const at = found.index;
    if (!URL.canParse(link)) continue;
    if (at > from) parts.push({ type: 'text', text: text.slice(from, at) });
    parts.push({ type: 'link', text: link, href: new URL(link).href });
    from = at + link.length;
  }
  if (from < text.length) parts.push({ type: 'text', text: text.slice(from) });
  return parts;
}
