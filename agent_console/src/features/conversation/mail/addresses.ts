import type { Typed } from '../../../state/postings';

/** Somebody@somewhere.example; whether it takes mail nobody knows before it is tried. */
export function isAddress(text: string): boolean {
  return /^[^\s@<>,;"()[\]]{1,64}@[^\s@<>,;"()[\].]+(\.[^\s@<>,;"()[\].]+)+$/.test(text);
}

/** A name, perhaps in quotes, and the address that it belongs to. */
const NAMED = /(^|[\s,;])(?:"[^"\n]{0,200}"\s*|[^@<>,;"\n]{0,200})<([^<>\s]+)>/g;

const isRead = (word: string) => isAddress(word.replace(/^<|>$/g, ''));

/** What was typed or pasted, such as `Kim <kim@home.example>, lee@home.example`; the rest is what cannot be read. */
export function addressesIn(text: string): { found: string[]; rest: string } {
  const bare = text.replace(NAMED, (whole: string, before: string, address: string) =>
    isAddress(address) ? `${before} ${address} ` : whole,
  );
  const pieces = bare.split(/[,;\n]+/).map((piece) => piece.split(/\s+/).filter(Boolean));
  const found = pieces.flat().filter(isRead);
  const rest = pieces.map((words) => words.filter((word) => !isRead(word)).join(' ')).filter(Boolean);
  return {
    found: found.map((word) => word.replace(/^<|>$/g, '').toLowerCase()),
    rest: rest.join(', '),
  };
}

/** Those that were taken in, and what still stands in the field. */
export interface AddressList {
  readonly addresses: readonly string[];
  readonly typed: Typed;
}

/** What stands in the field is taken in; what cannot be read stays there. */
export function takenIn({ addresses, typed }: AddressList): AddressList {
  const { found, rest } = addressesIn(typed.text);
  return {
    addresses: [...new Set([...addresses, ...found])],
    typed: { text: rest, isWrong: rest !== '' },
  };
}

/** Something pasted into the field; a whole address stands for itself. */
export function withPasted(before: string, pasted: string, after: string): string {
  const isApart = before.trim() !== '' && addressesIn(pasted).found.length > 0;
  return before + (isApart ? ', ' : '') + pasted + after;
}
