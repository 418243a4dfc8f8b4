/** The visitor's part of the wire. */
import type { components } from './schema';
import type { TrailItem } from './wire';

type Schemas = components['schemas'];

export type Visitor = Schemas['VisitorView'];
export type VisitorSession = Schemas['VisitStarted'];
export type VisitorMe = Schemas['VisitorHome'];

export type ConversationSummary = Schemas['ConversationSummary'];
export type ConversationAgent = Schemas['AgentName'];
export type ConversationView = Schemas['ConversationView'];
export type NewConversation = Omit<Schemas['StartConversation'], 'trail'> & { trail: TrailItem[] };
export type CallbackView = Schemas['CallbackView'];
export type CallbackOptions = Schemas['CallbackOptions'];
export type NewCallback = Schemas['AskCallback'];
export type NewMessage = Schemas['SendMessage'];

/** An event is named by its socket message; its `type` repeats the name. */
type Pushed<Name extends keyof Schemas> = Omit<Schemas[Name], 'type'>;

/** Everything the server pushes on `/visitor`. */
export interface VisitorEvents {
  entry_added: Pushed<'EntryAddedForVisitor'>;
  typing: Pushed<'TypingForVisitor'>;
  cursor_moved: Pushed<'CursorMovedForVisitor'>;
  conversation_changed: Pushed<'ConversationChanged'>;
  /** All of one conversation stands in another from now on. */
  conversation_merged: Pushed<'MergedForVisitor'>;
  conversation_renumbered: Pushed<'RenumberedForVisitor'>;
  callback_changed: Pushed<'CallbackChanged'>;
  heads: Pushed<'HeadsForVisitor'>;
  /** Sent by the transport itself, before the server shuts down. */
  going_away: { within_seconds: number };
}

/** Everything the visitor signals up; nothing here is stored. */
export interface VisitorSignals {
  typing: { conversation_id: string; on: boolean };
  alive: Record<string, never>;
}
