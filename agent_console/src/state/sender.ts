import type { AgentDoor } from '@engage/client/src/agent';
import {
  createOutbox,
  stateOf,
  type Attachment,
  type Entry,
  type Keeper,
  type Outgoing,
} from '@engage/client';
import { createStore } from './store';

/** A message or note on its way, as the timeline draws it. */
export interface OutgoingRow {
  readonly kind: 'message' | 'note';
  readonly client_id: string;
  readonly conversation_id: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly article_slug: string | null;
  readonly created_at: number;
  readonly state: 'sending' | 'failed';
  readonly reason: string | null;
}

type NewOutgoing = Pick<Outgoing, 'client_id' | 'conversation_id' | 'text' | 'attachments'>;

/** The outbox keeps whatever more a row carries; an article travels with its message this way. */
function articleOf(row: Outgoing): string | null {
  return 'article_slug' in row && typeof row.article_slug === 'string' ? row.article_slug : null;
}

export function toRow(kind: OutgoingRow['kind'], row: Outgoing): OutgoingRow {
  const { client_id, conversation_id, text, attachments, created_at, failure } = row;
  return {
    kind,
    client_id,
    conversation_id,
    text,
    attachments,
    article_slug: articleOf(row),
    created_at,
    state: stateOf(row),
    reason: failure?.passing ? null : (failure?.detail ?? null),
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

  const messages = createOutbox<Entry>({
    keeper,
    prefix: `engage.console.message.${agentId}.`,
    send: (row) => {
      const slug = articleOf(row);
      return door.send(row.conversation_id, {
        client_id: row.client_id,
        text: row.text,
        attachment_ids: row.attachments.map((attachment) => attachment.id),
        article_slug: slug,
      });
    },
    onChange: (rows) => show('message', rows),
    onStored,
  });
  const notes = createOutbox<Entry>({
    keeper,
    prefix: `engage.console.note.${agentId}.`,
    send: (row) => door.addNote(row.conversation_id, { client_id: row.client_id, text: row.text }),
    onChange: (rows) => show('note', rows),
    onStored,
  });
  show('message', messages.rows());
  show('note', notes.rows());

  const boxOf = (kind: OutgoingRow['kind']) => (kind === 'message' ? messages : notes);
  return {
    store,
    sendMessage(message: NewOutgoing, articleSlug: string | null): void {
      const row = articleSlug === null ? message : { ...message, article_slug: articleSlug };
      messages.add(row);
    },
    addNote: (note: NewOutgoing) => notes.add(note),
    retry: (row: OutgoingRow) => boxOf(row.kind).retry(row.client_id),
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
