interface Named {
  id: string;
  name: string;
}

/** Of two names that begin alike the longer one is meant. */
const longestFirst = (a: Named, b: Named) => b.name.length - a.name.length;

/** Whose `@Name` stands in the text. */
export function mentionedIn(text: string, colleagues: readonly Named[]): string[] {
  let rest = text;
  return [...colleagues].sort(longestFirst).flatMap(({ id, name }) => {
    const sign = `@${name}`;
    if (name === '' || !rest.includes(sign)) return [];
    rest = rest.replaceAll(sign, ' ');
    return [id];
  });
}
