import type { AgentDoor } from '@engage/client/src/agent';
import {
  createOutbox,
  stateOf,
  type Attachment,
  type Entry,
  type Keeper,
  type Outgoing,
} from '@engage/client';
import type { components } from '@engage/client/src/schema';
import { refusalWords } from './failure';
import { createStore } from './store';

/** How an answer goes out by mail, where it differs from the usual. */
export type Posting = components['schemas']['Posting'];

/** A message or note on its way, as the timeline draws it. */
export interface OutgoingRow {
  readonly kind: 'message' | 'note';
  readonly client_id: string;
  readonly conversation_id: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly article_slug: string | null;
  /** Of a mail: the words with their form, and who gets it when. */
  readonly html: string | null;
  readonly posting: Posting | null;
  /** Refused because somebody wrote meanwhile: sending it again means that one has been asked. */
  readonly is_overtaken: boolean;
  readonly created_at: number;
  readonly state: 'sending' | 'failed';
  readonly reason: string | null;
}

type NewOutgoing = Pick<Outgoing, 'client_id' | 'conversation_id' | 'text' | 'attachments'>;

/** The outbox keeps whatever more a row carries: what goes with a message and a note besides the words. */
interface MessageExtras {
  /** The words with their form; none where they have none. */
  html?: string | null;
  /** By mail: who else gets it, and when it leaves. */
  posting?: Posting | null;
  article_slug: string | null;
  /** The last number on the screen when it was sent. */
  seen_seq: number | null;
  force: boolean;
}
interface NoteExtras {
  mention_ids: string[];
}
type Carried = Outgoing & Partial<MessageExtras & NoteExtras>;

const articleOf = (row: Carried): string | null => row.article_slug ?? null;
const isOvertaken = (row: Outgoing) => row.failure?.code === 'newer_entries';

export function toRow(kind: OutgoingRow['kind'], row: Carried): OutgoingRow {
  const { client_id, conversation_id, text, attachments, created_at, failure } = row;
  return {
    kind,
    client_id,
    conversation_id,
    text,
    attachments,
    article_slug: articleOf(row),
    html: row.html ?? null,
    posting: row.posting ?? null,
    is_overtaken: isOvertaken(row),
    created_at,
    state: stateOf(row),
    reason: failure && !failure.passing ? refusalWords(failure.code, failure.detail) : null,
  };
}

/** Messages and notes wait apart: one that is refused never holds up the other kind. */
export function createSender(
  door: AgentDoor,
  keeper: Keeper,
  agentId: string,
  onStored: (entry: Entry) => void,
) {
  const store = createStore<readonly OutgoingRow[]>([]);
  let shown: Record<OutgoingRow['kind'], OutgoingRow[]> = { message: [], note: [] };
  function show(kind: OutgoingRow['kind'], rows: Outgoing[]): void {
    shown = { ...shown, [kind]: rows.map((row) => toRow(kind, row)) };
    store.set([...shown.message, ...shown.note].sort((a, b) => a.created_at - b.created_at));
  }

  // What has waited for the network goes out as it was meant: refusing it now would only keep it from leaving.
  const tried = new Set<string>();
  function isFirstTry({ client_id }: Outgoing): boolean {
    const isFirst = !tried.has(client_id);
    tried.add(client_id);
    return isFirst;
  }
  const isCutOff = () => !navigator.onLine || messages.rows().some((row) => row.failure?.passing);

  const messages = createOutbox<Entry>({
    keeper,
    prefix: `engage.console.message.${agentId}.`,
    send: (row: Carried) =>
      door.send(row.conversation_id, {
        client_id: row.client_id,
        text: row.text,
        attachment_ids: row.attachments.map((attachment) => attachment.id),
        article_slug: articleOf(row),
        seen_seq: isFirstTry(row) ? (row.seen_seq ?? null) : null,
        html: row.html ?? null,
        posting: row.posting ?? null,
        force: row.force ?? false,
      }),
    onChange: (rows) => show('message', rows),
    onStored,
  });
  const notes = createOutbox<Entry>({
    keeper,
    prefix: `engage.console.note.${agentId}.`,
    send: ({ conversation_id, client_id, text, mention_ids = [] }: Carried) =>
      door.addNote(conversation_id, { client_id, text, mention_ids }),
    onChange: (rows) => show('note', rows),
    onStored,
  });
  show('message', messages.rows());
  show('note', notes.rows());

  const boxOf = (kind: OutgoingRow['kind']) => (kind === 'message' ? messages : notes);
  return {
    store,
    sendMessage: (message: NewOutgoing & MessageExtras) =>
      messages.add(isCutOff() ? { ...message, seen_seq: null } : message),
    addNote: (note: NewOutgoing & NoteExtras) => notes.add(note),
    retry(row: OutgoingRow): void {
      const refused = row.is_overtaken ? messages.takeBack(row.client_id) : null;
      if (refused) messages.add({ ...refused, force: true } as NewOutgoing);
      else boxOf(row.kind).retry(row.client_id);
    },
    takeBack: (row: OutgoingRow) => boxOf(row.kind).takeBack(row.client_id),
    /** Its entry was seen in a timeline. */
    saw(entry: Entry): void {
      if (entry.client_id === null) return;
      messages.settle(entry.client_id);
      notes.settle(entry.client_id);
    },
    wake(): void {
      messages.wake();
      notes.wake();
    },
    stop(): void {
      messages.stop();
      notes.stop();
    },
  };
}
