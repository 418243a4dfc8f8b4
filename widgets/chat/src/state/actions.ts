import type {
  CallbackView,
  ConversationSummary,
  ConversationView,
  EntriesAnswer,
  Entry,
  LineState,
  Look,
  Outgoing,
  Problem,
  SiteHome,
  VisitorEvents,
  VisitorMe,
} from '@engage/client';
import type { Route } from './state';

export type Action =
  | { type: 'home_loaded'; home: SiteHome }
  | { type: 'home_failed'; problem: Problem }
  | { type: 'went'; route: Route }
  | { type: 'went_back' }
  | { type: 'opened'; quiet?: boolean }
  | { type: 'closed' }
  | { type: 'asked'; words: string }
  | { type: 'me_loaded'; me: VisitorMe }
  | { type: 'nobody' }
  | { type: 'conversation_loaded'; view: ConversationView }
  | { type: 'conversation_failed'; id: string }
  | { type: 'numbers_void'; id: string }
  | { type: 'conversation_merged'; id: string; into: string }
  | { type: 'conversation_changed'; change: VisitorEvents['conversation_changed'] }
  | { type: 'call_changed'; call: CallbackView }
  | { type: 'entries_loaded'; id: string; page: EntriesAnswer }
  | { type: 'older_loaded'; id: string; page: EntriesAnswer }
  | { type: 'entry_added'; id: string; entry: Entry }
  | { type: 'heads_learned'; heads: Readonly<Record<string, number>> }
  | { type: 'cursor_moved'; move: VisitorEvents['cursor_moved'] }
  | { type: 'typed'; id: string; name: string | null }
  | { type: 'wrote'; id: string }
  | { type: 'rated'; summary: Pick<ConversationSummary, 'id' | 'rating'> }
  | { type: 'line_changed'; line: LineState }
  | { type: 'outbox_changed'; rows: readonly Outgoing[] }
  | { type: 'muted'; muted: boolean }
  | { type: 'moved_out' }
  | { type: 'moved_back' }
  | { type: 'locale_changed'; locale: string }
  | { type: 'look_changed'; look: Look };
