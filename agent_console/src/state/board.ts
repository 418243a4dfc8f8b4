import type {
  AgentEvent,
  Board,
  BoardAgent,
  BoardCentre,
  BoardQueue,
  BoardWork,
} from '@engage/client/src/agent';

/** Everything a supervisor oversees at one site: the snapshot with the events folded in. */
export interface BoardState {
  site_id: string;
  /** Of the last event; unknown before the first. */
  seq: number | null;
  queues: readonly BoardQueue[];
  centres: readonly BoardCentre[];
  teams: Board['teams'];
  agents: ReadonlyMap<string, BoardAgent>;
  work: ReadonlyMap<string, BoardWork>;
  /** Open work beyond what is listed. */
  more: number;
}

export type BoardEvent = Extract<AgentEvent, { type: 'board_changed' | 'board_stale' | 'board_head' }>;
/** `stale`: to be read anew. */
export interface FoldedBoard {
  state: BoardState;
  stale: boolean;
}

export function fromBoard(board: Board): BoardState {
  return {
    site_id: board.site_id,
    seq: null,
    queues: board.queues,
    centres: board.centres,
    teams: board.teams,
    agents: new Map(board.agents.map((one) => [one.id, one])),
    work: new Map(board.work.map((one) => [one.engagement_id, one])),
    more: board.more,
  };
}

/** What is told late never replaces what is younger. */
export function foldBoard(state: BoardState, event: BoardEvent): FoldedBoard {
  switch (event.type) {
    case 'board_stale':
      return { state: { ...state, seq: event.seq }, stale: true };
    case 'board_head':
      return { state, stale: (state.seq !== null && event.seq > state.seq) || !addsUp(state, event) };
    case 'board_changed': {
      if (state.seq !== null && event.seq > state.seq + 1) return { state, stale: true };
      const work = new Map(state.work);
      for (const one of event.work)
        if (one.version >= (work.get(one.engagement_id)?.version ?? 0)) work.set(one.engagement_id, one);
      for (const id of event.gone) work.delete(id);
      const agents = new Map(state.agents);
      for (const one of event.agents)
        if (one.work_seq >= (agents.get(one.id)?.work_seq ?? 0)) agents.set(one.id, one);
      for (const id of event.agents_gone) agents.delete(id);
      return { state: { ...state, work, agents, seq: event.seq }, stale: false };
    }
  }
}

type Head = Extract<BoardEvent, { type: 'board_head' }>;

/** Whether what is known is all there is, as the server counts it. */
function addsUp(state: BoardState, { fingerprint }: Head): boolean {
  if (state.more > 0) return true;
  let versions = 0;
  for (const one of state.work.values()) versions += one.version;
  return state.work.size === fingerprint.works && versions === fingerprint.versions;
}

const MINUTE_MS = 60_000;

/** The router's own order: lowest first, by standing, then by the longer wait (or the shorter one). */
function standing(work: BoardWork, queue: BoardQueue | undefined): [number, number] {
  const place = Date.parse(work.place_since);
  const ageing = queue?.order === 'score' ? queue.age_factor / 100 : 0;
  const priority = (queue?.priority ?? 0) + work.boost;
  return [place * ageing - priority * MINUTE_MS, queue?.order === 'newest_first' ? -place : place];
}

export const isWaiting = ({ state }: BoardWork): boolean => state === 'queued' || state === 'offered';
const TALKING = new Set(['active', 'wrapping_up']);

export interface Waiting {
  work: BoardWork;
  queue_name: string;
  /** 1 is served next in its queue. */
  position: number;
}

/** What waits, queue by queue in the order in which it is served; the longest waiting of all queues first. */
export function waitingOf(state: BoardState): Waiting[] {
  const queues = new Map(state.queues.map((queue) => [queue.id, queue]));
  const keyed = [...state.work.values()]
    .filter(isWaiting)
    .map((work) => ({ work, key: standing(work, queues.get(work.queue_id)) }))
    .sort(
      (a, b) =>
        a.key[0] - b.key[0] || a.key[1] - b.key[1] || (a.work.engagement_id < b.work.engagement_id ? -1 : 1),
    );
  const places = new Map<string, number>();
  return keyed.map(({ work }) => {
    const position = (places.get(work.queue_id) ?? 0) + 1;
    places.set(work.queue_id, position);
    return { work, position, queue_name: queues.get(work.queue_id)?.name ?? '' };
  });
}

export const isFree = (agent: BoardAgent): boolean =>
  agent.online && agent.presence === 'available' && !agent.is_full;

export interface QueueSums {
  queue: BoardQueue;
  waiting: number;
  talking: number;
  free: number;
  longest_since: string | null;
}

export function queueSums(state: BoardState): QueueSums[] {
  const sums = new Map<string, QueueSums>(
    state.queues.map((queue) => [queue.id, { queue, waiting: 0, talking: 0, free: 0, longest_since: null }]),
  );
  for (const work of state.work.values()) {
    const sum = sums.get(work.queue_id);
    if (!sum) continue;
    if (TALKING.has(work.state)) sum.talking += 1;
    if (!isWaiting(work)) continue;
    sum.waiting += 1;
    if (sum.longest_since === null || work.place_since < sum.longest_since)
      sum.longest_since = work.place_since;
  }
  for (const agent of state.agents.values())
    if (isFree(agent))
      for (const id of agent.queue_ids) {
        const sum = sums.get(id);
        if (sum) sum.free += 1;
      }
  return [...sums.values()];
}

export interface Totals {
  waiting: number;
  longest_since: string | null;
  free: number;
  present: number;
  talking: number;
}

export function totalsOf(state: BoardState): Totals {
  const totals: Totals = { waiting: 0, longest_since: null, free: 0, present: 0, talking: 0 };
  for (const work of state.work.values()) {
    if (TALKING.has(work.state)) totals.talking += 1;
    if (!isWaiting(work)) continue;
    totals.waiting += 1;
    if (totals.longest_since === null || work.place_since < totals.longest_since)
      totals.longest_since = work.place_since;
  }
  for (const agent of state.agents.values()) {
    if (agent.online && agent.presence !== 'offline') totals.present += 1;
    if (isFree(agent)) totals.free += 1;
  }
  return totals;
}

/** What is in somebody's hands or rings at his desk, oldest first. */
export function heldByEach(state: BoardState): Map<string, BoardWork[]> {
  const held = new Map<string, BoardWork[]>();
  for (const work of state.work.values()) {
    if (work.agent_id === null) continue;
    const list = held.get(work.agent_id);
    if (list) list.push(work);
    else held.set(work.agent_id, [work]);
  }
  for (const list of held.values()) list.sort((a, b) => (a.state_since < b.state_since ? -1 : 1));
  return held;
}

/** The lists of before where they hold the same: nobody is drawn anew for what happened to somebody else. */
export function keptLists<T>(
  before: ReadonlyMap<string, readonly T[]>,
  now: ReadonlyMap<string, readonly T[]>,
): Map<string, readonly T[]> {
  const isSame = (one: readonly T[], other: readonly T[] | undefined) =>
    one.length === other?.length && one.every((each, at) => each === other[at]);
  return new Map(
    [...now].map(([key, list]) => {
      const kept = before.get(key);
      return [key, kept !== undefined && isSame(list, kept) ? kept : list];
    }),
  );
}

export type Grouping = 'centre' | 'team';
export interface Group {
  id: string;
  name: string | null;
  centre: BoardCentre | null;
  agents: BoardAgent[];
}

const PRESENCE_ORDER = ['available', 'busy', 'break', 'away', 'offline'];
const rank = (agent: BoardAgent) =>
  agent.online ? PRESENCE_ORDER.indexOf(agent.presence) : PRESENCE_ORDER.length;

/** People by place or team; those who belong to none stand last, and who is there stands first. */
export function grouped(state: BoardState, by: Grouping, agents: readonly BoardAgent[]): Group[] {
  const named: Group[] =
    by === 'centre'
      ? state.centres.map((centre) => ({ id: centre.id, name: centre.name, centre, agents: [] }))
      : state.teams.map(({ id, name }) => ({ id, name, centre: null, agents: [] }));
  const rest: Group = { id: 'rest', name: null, centre: null, agents: [] };
  const groups = new Map(named.map((group) => [group.id, group]));
  for (const agent of agents) {
    const id = by === 'centre' ? agent.centre_id : (agent.team_ids[0] ?? null);
    ((id === null ? undefined : groups.get(id)) ?? rest).agents.push(agent);
  }
  for (const group of [...named, rest])
    group.agents.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  const shown = by === 'centre' ? named : named.filter((group) => group.agents.length > 0);
  return rest.agents.length > 0 ? [...shown, rest] : shown;
}
