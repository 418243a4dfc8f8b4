import { useEffect, useMemo, useRef } from 'react';
import type { BoardWork, MySite } from '@engage/client/src/agent';
import type { Loading } from '../../state/board_keeper';
import { useDesk } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';
import { useStore, useValue } from '../../state/store';
import { texts } from '../../texts';

/** Sites that I oversee; the route names one, else it is the first. */
export function useBoardSite(key: string | null): { site: MySite | null; sites: readonly MySite[] } {
  const { work } = useDesk();
  const all = useStore(work.store, (state) => state.me.sites);
  return useMemo(() => {
    const sites = all.filter(({ rights }) => rights.includes('supervise'));
    return { sites, site: sites.find((one) => one.key === key) ?? sites[0] ?? null };
  }, [all, key]);
}

/** The board of a site, live for as long as it is on the screen. */
export function useBoard(siteId: string | undefined): Loading {
  const { board } = useDesk();
  useEffect(() => {
    if (siteId) void board.watch(siteId);
  }, [board, siteId]);
  useEffect(() => () => board.leave(), [board]);
  return useValue(board.store);
}

export const nameOf = (work: BoardWork): string => work.visitor_name || texts.nobody;

/** What a supervisor does with work; the event of the server shows what became of it. */
export function useActs() {
  const { api, notices, work } = useDesk();
  return useMemo(() => {
    const me = work.store.get().me.id;
    const tried = async (run: () => Promise<unknown>, said: string): Promise<boolean> => {
      try {
        await run();
        notices.say(said);
        return true;
      } catch (failure) {
        notices.say(wordsFor(failure), 'bad');
        return false;
      }
    };
    const path = (one: BoardWork) => ({ path: { engagement_id: one.engagement_id } });
    const push = (one: BoardWork, agent_id: string, name: string, over_capacity: boolean) =>
      tried(
        () =>
          api.post('/api/v1/agent/engagements/{engagement_id}/push', { agent_id, over_capacity }, path(one)),
        agent_id === me ? texts.board.acts.taken(nameOf(one)) : texts.board.acts.pushed(name),
      );
    return {
      push,
      take: (one: BoardWork) => push(one, me, '', false),
      move: (one: BoardWork, queue_id: string, name: string) =>
        tried(
          () => api.post('/api/v1/agent/engagements/{engagement_id}/move', { queue_id }, path(one)),
          texts.board.acts.moved(name),
        ),
      boost: (one: BoardWork, minutes: number) =>
        tried(
          () => api.post('/api/v1/agent/engagements/{engagement_id}/boost', { minutes }, path(one)),
          minutes > 0 ? texts.board.acts.boosted : texts.board.acts.unboost,
        ),
    };
  }, [api, notices, work]);
}

export type Acts = ReturnType<typeof useActs>;

/** The act of a dialog: a second click waits for the first, and only what succeeded closes it. */
export function useSending(onDone: () => void) {
  const isUnderWay = useRef(false);
  return async (act: () => Promise<boolean>): Promise<void> => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    const isDone = await act();
    isUnderWay.current = false;
    if (isDone) onDone();
  };
}
