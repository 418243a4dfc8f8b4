import { createContext, useContext, useEffect, useRef } from 'react';
import type { Label, WorkItem } from '@engage/client/src/agent';
import type { LoadedConversation } from './conversation';
import type { Desk } from './desk';
import type { Request } from './requests';
import { openConversationId } from './route';
import { useStore, useValue } from './store';
import { findItem } from './workspace';

const Context = createContext<Desk | null>(null);
export const DeskProvider = Context.Provider;

export function useDesk(): Desk {
  const desk = useContext(Context);
  if (!desk) throw new Error('useDesk outside of a signed-in console');
  return desk;
}

export function useRequest(request: Request, run: () => void): void {
  const desk = useDesk();
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => desk.requests.listen(request, () => latest.current()), [desk, request]);
}

export function useOpenConversationId(): string | null {
  return openConversationId(useValue(useDesk().router.route));
}

/** The loaded conversation that is on the screen. */
export function useConversation(id: string): LoadedConversation | null {
  return useStore(useDesk().talk.store, (all) => {
    const state = all.get(id);
    return state?.status === 'ready' ? state.view : null;
  });
}

/** The work on a conversation: as I hold it, as it waits, or as it was when it was loaded. */
export function engagementOf(desk: Desk, conversationId: string | null): WorkItem | null {
  if (conversationId === null) return null;
  const held = findItem(desk.work.store.get(), conversationId);
  return held ?? desk.talk.ready(conversationId)?.facts.engagement ?? null;
}

export function useEngagement(conversationId: string | null): WorkItem | null {
  const desk = useDesk();
  useValue(desk.talk.store);
  useValue(desk.work.store);
  return engagementOf(desk, conversationId);
}

/** A conversation's labels, in the order in which they were set. */
export function useLabels(ids: readonly string[]): Label[] {
  const { work } = useDesk();
  return useStore(work.store, (state) =>
    ids.flatMap((id) => state.labels.find((label) => label.id === id) ?? []),
  );
}
