/** A row of a tree that is listed from the top down, each behind the one it is a kind of. */
export interface Place {
  id: string;
  parent_id: string | null;
}

export const DEPTH = 3;
export type Step = 'up' | 'down' | 'in' | 'out';

export function depthOf(rows: readonly Place[], row: Place): number {
  const above = rows.find(({ id }) => id === row.parent_id);
  return above ? depthOf(rows, above) + 1 : 1;
}

/** It and all below it. */
export function branchOf<Row extends Place>(rows: readonly Row[], row: Row): readonly Row[] {
  const below = rows.filter(({ parent_id }) => parent_id === row.id);
  return [row, ...below.flatMap((one) => branchOf(rows, one))];
}

const siblingsOf = <Row extends Place>(rows: readonly Row[], row: Row) =>
  rows.filter(({ parent_id }) => parent_id === row.parent_id);

/** Sets a branch before or behind another row's branch. */
function put(rows: readonly Place[], row: Place, where: { before?: Place; behind?: Place }): Place[] {
  const branch = branchOf(rows, row);
  const rest = rows.filter((one) => !branch.includes(one));
  const { before, behind } = where;
  const last = behind && branchOf(rest, behind).at(-1);
  const at = before ? rest.indexOf(before) : rest.findIndex((one) => one === last) + 1;
  return [...rest.slice(0, at), ...branch, ...rest.slice(at)];
}

const under = (rows: readonly Place[], id: string, parent_id: string | null): Place[] =>
  rows.map((one) => (one.id === id ? { ...one, parent_id } : one));

/** The rows after a step of one of them; null where it cannot go. */
export function moved(rows: readonly Place[], id: string, step: Step): Place[] | null {
  const row = rows.find((one) => one.id === id);
  if (!row) return null;
  const siblings = siblingsOf(rows, row);
  const before = siblings[siblings.indexOf(row) - 1];
  const behind = siblings[siblings.indexOf(row) + 1];
  switch (step) {
    case 'up':
      return before ? put(rows, row, { before }) : null;
    case 'down':
      return behind ? put(rows, row, { behind }) : null;
    case 'in':
      return before && deepest(rows, row) < DEPTH ? under(rows, id, before.id) : null;
    case 'out': {
      const above = rows.find((one) => one.id === row.parent_id);
      return above ? under(put(rows, row, { behind: above }), id, above.parent_id) : null;
    }
  }
}

function deepest(rows: readonly Place[], row: Place): number {
  return Math.max(...branchOf(rows, row).map((one) => depthOf(rows, one)));
}
