/** From 0, too short, to 4, strong. A hint while typing; what is refused is the server's say. */
export function passwordStrength(password: string): 0 | 1 | 2 | 3 | 4 {
  if ([...password].length < 10) return 0;
  const bits = [...new Set(password)].length * Math.log2(poolOf(password));
  if (EASY.test(password) || bits < 36) return 1;
  if (bits < 48) return 2;
  return bits < 62 ? 3 : 4;
}

/** What is tried first: a common word with digits behind it, or a row of the keyboard. */
const EASY =
  /^(pass\w?[ow]o?rt?d?|password|passwort|welcome|willkommen|qwert[yz]\w*|asdf\w*|letmein|admin\w*)[\d\W]*$|^[\d\W]+$/i;

function poolOf(password: string): number {
  const kinds: readonly (readonly [RegExp, number])[] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/\d/, 10],
    [/[^a-zA-Z\d]/, 20],
  ];
  return kinds.reduce((sum, [kind, signs]) => sum + (kind.test(password) ? signs : 0), 0);
}
