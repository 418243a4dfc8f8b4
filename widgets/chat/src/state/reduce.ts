import type { Action } from './actions';
import {
  changed,
  fromSummary,
  fromView,
  withCursor,
  withDivider,
  withEntries,
  withEntry,
  withOlder,
} from './conversation';
import { learnHead } from '@engage/client';
import type { Conversation, Route, State } from './state';

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'home_loaded':
      return { ...state, home: { status: 'ready', value: action.home } };
    case 'home_failed':
      // A page that was loaded once is better than none.
      return state.home.status === 'ready'
        ? state
        : { ...state, home: { status: 'failed', problem: action.problem } };
    case 'went':
      return arrived(state, action.route);
    case 'went_back':
      return returned(state);
    case 'opened':
      return onRoute({ ...state, open: true, quiet: action.quiet ?? false }, withDivider);
    case 'closed':
      return { ...state, open: false };
    case 'asked':
      return { ...state, asked: action.words };
    case 'me_loaded':
      return action.me.conversations.reduce<State>(
        (next, summary) => put(next, fromSummary(summary, next.conversations[summary.id])),
        { ...state, visitor: action.me.visitor, known: true },
      );
    case 'nobody':
      return {
        ...state,
        visitor: null,
        known: true,
        conversations: {},
        back: [],
        route: withoutConversation(state.route),
      };
    case 'conversation_loaded':
      return put(state, fromView(action.view, state.conversations[action.view.id]));
    case 'conversation_failed':
      return change(state, action.id, (conversation) => ({ ...conversation, failed: true }));
    case 'numbers_void': {
      const none = { delivered_seq: 0, read_seq: 0 };
      return change(state, action.id, (one) => ({ ...one, timeline: null, mine: none, theirs: none }));
    }
    case 'conversation_merged':
      return merged(state, action.id, action.into);
    case 'conversation_changed':
      return put(state, changed(state.conversations[action.change.conversation.id], action.change));
    case 'call_changed':
      return change(state, action.call.conversation_id, (conversation) => ({
        ...conversation,
        call: action.call,
      }));
    case 'entries_loaded':
      return change(state, action.id, (conversation) => withEntries(conversation, action.page));
    case 'older_loaded':
      return change(state, action.id, (conversation) => withOlder(conversation, action.page));
    case 'entry_added':
      return change(state, action.id, (conversation) => withEntry(conversation, action.entry));
    case 'heads_learned':
      return Object.entries(action.heads).reduce((next, [id, head]) => learned(next, id, head), state);
    case 'cursor_moved':
      return change(state, action.move.conversation_id, (conversation) =>
        withCursor(conversation, action.move),
      );
    case 'typed':
      return change(state, action.id, (conversation) => ({ ...conversation, typing: action.name }));
    case 'wrote':
      return change(state, action.id, (conversation) => ({ ...conversation, divider: null }));
    case 'rated':
      return change(state, action.summary.id, (conversation) => ({
        ...conversation,
        summary: { ...conversation.summary, ...action.summary },
      }));
    case 'line_changed':
      return { ...state, line: action.line };
    case 'outbox_changed':
      return { ...state, outbox: action.rows };
    case 'muted':
      return { ...state, muted: action.muted };
    case 'moved_out':
      return { ...state, elsewhere: true };
    case 'moved_back':
      return { ...state, elsewhere: false };
    case 'locale_changed':
      return { ...state, locale: action.locale };
    case 'look_changed':
      return { ...state, look: action.look };
  }
}

function put(state: State, conversation: Conversation): State {
  return { ...state, conversations: { ...state.conversations, [conversation.summary.id]: conversation } };
}

function change(state: State, id: string, by: (conversation: Conversation) => Conversation): State {
  const conversation = state.conversations[id];
  return conversation ? put(state, by(conversation)) : state;
}

function learned(state: State, id: string, head: number): State {
  return change(state, id, (conversation) => ({
    ...conversation,
    timeline: conversation.timeline && learnHead(conversation.timeline, head),
  }));
}

function arrived(state: State, route: Route): State {
  if (sameRoute(state.route, route)) return state;
  // Home is where the way back ends, and a form that became a conversation is not gone back to.
  const isForm = state.route.view === 'contact' || state.route.view === 'call';
  const from = isForm && route.view === 'conversation' ? [] : [state.route];
  const back = route.view === 'home' ? [] : [...state.back, ...from];
  return onRoute({ ...state, route, back }, withDivider);
}

function returned(state: State): State {
  const route = state.back.at(-1) ?? { view: 'home' };
  return onRoute({ ...state, route, back: state.back.slice(0, -1) }, withDivider);
}

function onRoute(state: State, by: (conversation: Conversation) => Conversation): State {
  return state.route.view === 'conversation' ? change(state, state.route.id, by) : state;
}

/** Whoever has the one on his screen, or behind it, has the other one there. */
function merged(state: State, id: string, into: string): State {
  const { [id]: _gone, ...conversations } = state.conversations;
  const follow = (route: Route): Route =>
    route.view === 'conversation' && route.id === id ? { ...route, id: into } : route;
  const outbox = state.outbox.map((row) =>
    row.conversation_id === id ? { ...row, conversation_id: into } : row,
  );
  return { ...state, conversations, outbox, route: follow(state.route), back: state.back.map(follow) };
}

function withoutConversation(route: Route): Route {
  return route.view === 'conversation' || route.view === 'messages' ? { view: 'home' } : route;
}

export function sameRoute(one: Route, other: Route): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
