import type {
  CallbackView,
  ChannelName,
  ConversationSummary,
  Cursor,
  Entry,
  LineState,
  Look,
  Outgoing,
  Problem,
  SiteHome,
  Timeline,
  Visitor,
  WaitRange,
} from '@engage/client';

export type Route =
  | { view: 'home' }
  | { view: 'messages' }
  | { view: 'article'; slug: string }
  | { view: 'contact'; channel: ChannelName }
  /** The form for a call-back; `from` is the chat that waits. */
  | { view: 'call'; from: string | null }
  | { view: 'conversation'; id: string };

export type Loaded<T> =
  { status: 'loading' } | { status: 'ready'; value: T } | { status: 'failed'; problem: Problem };

export interface Conversation {
  summary: ConversationSummary;
  position: number | null;
  expected_wait_seconds: number | null;
  expected_wait: WaitRange | null;
  /** null until the conversation was looked at. */
  timeline: Timeline<Entry> | null;
  failed: boolean;
  /** The last call-back that was asked for in it. */
  call: CallbackView | null;
  mine: Cursor;
  theirs: Cursor;
  /** Who on the other side is typing. */
  typing: string | null;
  /** The last entry that was read when the visitor came back; the unread divider stands after it. */
  divider: number | null;
}

export interface State {
  home: Loaded<SiteHome>;
  route: Route;
  back: readonly Route[];
  visitor: Visitor | null;
  /** Whether we know his conversations, or know that he has none. */
  known: boolean;
  conversations: Readonly<Record<string, Conversation>>;
  outbox: readonly Outgoing[];
  line: LineState;
  open: boolean;
  /** It was opened by a page without the focus, which stays where it is. */
  quiet: boolean;
  muted: boolean;
  /** The chat stands in a window of its own, and the panel says so. */
  elsewhere: boolean;
  locale: string;
  /** The host page's own choice of colour. */
  look: Look;
  /** Words to search for at once, when the host page asked for it. */
  asked: string;
}

export function startState(parts: Partial<State>): State {
  return {
    home: { status: 'loading' },
    route: { view: 'home' },
    back: [],
    visitor: null,
    known: false,
    conversations: {},
    outbox: [],
    line: 'online',
    open: false,
    quiet: false,
    muted: false,
    elsewhere: false,
    locale: 'en',
    look: {},
    asked: '',
    ...parts,
  };
}
