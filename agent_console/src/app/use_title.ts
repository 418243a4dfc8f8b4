import { useEffect } from 'react';
import { useDesk } from '../state/desk_context';
import { useStore } from '../state/store';
import type { WorkspaceState } from '../state/workspace';
import { texts } from '../texts';

export function unreadCount(state: WorkspaceState): number {
  return state.mine.filter((item) => item.unread > 0).length;
}

/** The browser tab says what waits: an offer before anything unread. */
export function titleOf(state: WorkspaceState): string {
  const [offer] = state.offers;
  if (offer) return texts.title.offer(offer.engagement.visitor.name || texts.nobody);
  const unread = unreadCount(state) + state.unread_mentions;
  return unread > 0 ? texts.title.unread(unread) : texts.title.plain;
}

export function useTitle(): void {
  const { work } = useDesk();
  const title = useStore(work.store, titleOf);
  useEffect(() => {
    document.title = title;
    return () => {
      document.title = texts.title.plain;
    };
  }, [title]);
}
