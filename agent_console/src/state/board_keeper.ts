import type { AgentEvent, AgentSignals } from '@engage/client/src/agent';
import type { Api } from '@engage/client';
import { foldBoard, fromBoard, type BoardEvent, type BoardState } from './board';
import { learnServerTime } from './clock';
import { wordsFor } from './failure';
import { createStore } from './store';

/** A beacon may overtake the events it announces. */
const GRACE_MS = 700;
/** Between two readings, however often something asks for one. */
const PAUSE_MS = 1_500;

export type Loading = { state: BoardState | null; failure: string | null };
type Ask = (
  signal: 'watch_board' | 'unwatch_board',
  payload: AgentSignals['watch_board'] | object,
) => Promise<unknown>;

/** The board on the screen, if there is one: watched first, then read, so that nothing falls between. */
export function createBoardKeeper(api: Api, ask: Ask) {
  const store = createStore<Loading>({ state: null, failure: null });
  let site: string | null = null;
  /** Events that came while the board was read. */
  let early: BoardEvent[] | null = null;
  let again = false;
  let readAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function read(): Promise<void> {
    const wanted = site;
    if (wanted === null || early !== null) {
      again = wanted !== null;
      return;
    }
    early = [];
    readAt = Date.now();
    try {
      const board = await api.get('/api/v1/agent/sites/{site_id}/board', { path: { site_id: wanted } });
      if (site !== wanted) return;
      learnServerTime(board.server_time);
      let state = fromBoard(board);
      // Heads and gaps among what came meanwhile are old news: the snapshot is younger.
      for (const event of early)
        if (event.type === 'board_changed') state = foldBoard({ ...state, seq: null }, event).state;
      store.set({ state, failure: null });
    } catch (failure) {
      if (site === wanted) store.update((now) => ({ ...now, failure: wordsFor(failure) }));
    } finally {
      early = null;
      if (again) {
        again = false;
        readSoon();
      }
    }
  }

  function readSoon(): void {
    if (timer !== undefined) return;
    const wait = Math.max(0, readAt + PAUSE_MS - Date.now());
    timer = setTimeout(() => {
      timer = undefined;
      void read();
    }, wait);
  }

  const isOf = (event: AgentEvent): event is BoardEvent =>
    event.type === 'board_changed' || event.type === 'board_stale' || event.type === 'board_head';

  function hear(event: AgentEvent): void {
    if (!isOf(event) || event.site_id !== site) return;
    if (early) early.push(event);
    const { state } = store.get();
    if (!state) return;
    const folded = foldBoard(state, event);
    if (folded.state !== state) store.set({ state: folded.state, failure: null });
    if (!folded.stale || early) return;
    if (event.type !== 'board_head') return readSoon();
    setTimeout(() => {
      const now = store.get().state;
      if (now && foldBoard(now, event).stale) readSoon();
    }, GRACE_MS);
  }

  async function begin(): Promise<void> {
    if (site === null) return;
    await ask('watch_board', { site_id: site });
    await read();
  }

  return {
    store,
    hear,
    async watch(siteId: string): Promise<void> {
      if (siteId === site) return;
      site = siteId;
      store.set({ state: null, failure: null });
      await begin();
    },
    leave(): void {
      site = null;
      clearTimeout(timer);
      timer = undefined;
      store.set({ state: null, failure: null });
      void ask('unwatch_board', {});
    },
    retry: () => void begin(),
    /** A new connection is in no room. */
    reconnected: () => void begin(),
  };
}

export type BoardKeeper = ReturnType<typeof createBoardKeeper>;
