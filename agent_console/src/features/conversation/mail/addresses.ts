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
