import { isOver, unreadIn } from './conversation';
import type { Conversation, State } from './state';

export function newestFirst(state: State): Conversation[] {
  return Object.values(state.conversations).sort((a, b) =>
    a.summary.updated_at < b.summary.updated_at ? 1 : -1,
  );
}

export function runningIn(state: State): Conversation[] {
  return newestFirst(state).filter((conversation) => !isOver(conversation));
}

export function totalUnread(state: State): number {
  return Object.values(state.conversations).reduce((sum, conversation) => sum + unreadIn(conversation), 0);
}

/** The conversation on the screen, when it is really being looked at. */
export function shownConversation(state: State): Conversation | null {
  if (!state.open || state.route.view !== 'conversation') return null;
  return state.conversations[state.route.id] ?? null;
}
