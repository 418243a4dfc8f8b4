export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Fields that still hold what was known show what is stored now; what was typed since stands. */
export function following<T extends object>(typed: T, known: T, stored: T): T {
  const fields = Object.keys(stored) as (keyof T)[];
  return Object.fromEntries(
    fields.map((field) => [field, same(typed[field], known[field]) ? stored[field] : typed[field]]),
  ) as T;
}
