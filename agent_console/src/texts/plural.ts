/** A count with its word, for languages that know one and many. */
export const plural = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;
