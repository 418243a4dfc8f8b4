import type { ComponentChildren } from 'preact';

const LINK = /\bhttps?:\/\/[^\s<>"']+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;
const TRAILING = /[.,;:!?)\]}…]+$/;

interface Piece {
  text: string;
  href: string | null;
}

/** Plain text cut into links and the rest. Only http, https and mail addresses become links. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const found = withoutTrailing(match[0]);
    const href = found.includes('://') ? found : `mailto:${found}`;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), href: null });
    pieces.push({ text: found, href });
    end = match.index + found.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), href: null });
  return pieces;
}

/** "see https://example.com/a_(b)." ends with the bracket, without the full stop. */
function withoutTrailing(link: string): string {
  const trailing = TRAILING.exec(link)?.[0] ?? '';
  const closes = trailing.startsWith(')') && link.includes('(') ? 1 : 0;
  return link.slice(0, link.length - trailing.length + closes);
}

export function LinkedText({ text }: { text: string }): ComponentChildren {
  return piecesOf(text).map((piece, at) =>
    piece.href === null ? (
      piece.text
    ) : (
      <a key={at} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
        {piece.text}
      </a>
    ),
  );
}
