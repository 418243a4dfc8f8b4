import type { Keeper } from './keeper';
import type { Attachment } from './wire';

/** Why a message was not accepted; `unreachable` and its like may pass, a refusal does not. */
export interface SendFailure {
  code: string;
  detail: string;
  passing: boolean;
  /** The server said when to come again; a new connection is no reason to come earlier. */
  told_to_wait: boolean;
}

/** A message on its way: kept until the server has answered for it. */
export interface Outgoing {
  client_id: string;
  conversation_id: string;
  text: string;
  attachments: Attachment[];
  /** Milliseconds; also the order within a conversation. */
  created_at: number;
  attempts: number;
  /** Not before this moment (milliseconds), set after a failure. */
  due_at: number;
  failure: SendFailure | null;
}

export type OutgoingState = 'sending' | 'failed';

/** After so many vain attempts we say so; we go on all the same, for the sender may have gone away. */
export const PATIENCE = 4;

export function stateOf(row: Outgoing): OutgoingState {
  if (row.failure === null) return 'sending';
  return !row.failure.passing || row.attempts >= PATIENCE ? 'failed' : 'sending';
}

/**
 * The oldest row of each conversation that may go out. A conversation whose oldest row waits for its next
 * attempt waits as a whole, or messages would arrive in another order than they were written. A refused one
 * does not hold up those after it.
 */
function firstOfEach(rows: readonly Outgoing[]): Outgoing[] {
  const first = new Map<string, Outgoing>();
  for (const row of inOrder(rows)) {
    if (!isRefused(row) && !first.has(row.conversation_id)) first.set(row.conversation_id, row);
  }
  return [...first.values()];
}

/** Nobody is told to wait longer: a moment further away was reckoned before the device's clock was set back. */
const LONGEST_WAIT_MS = 10 * 60_000;

const dueAt = (row: Outgoing, now: number) => (row.due_at > now + LONGEST_WAIT_MS ? now : row.due_at);

export function nextToSend(rows: readonly Outgoing[], now: number): Outgoing | null {
  return firstOfEach(rows).find((row) => dueAt(row, now) <= now) ?? null;
}

/** When to look again, or null when nothing waits for a moment to come. */
export function nextDueAt(rows: readonly Outgoing[], now: number): number | null {
  const moments = firstOfEach(rows).map((row) => dueAt(row, now));
  return moments.length > 0 ? Math.min(...moments) : null;
}

export function inOrder(rows: readonly Outgoing[]): Outgoing[] {
  return [...rows].sort((a, b) => a.created_at - b.created_at || (a.client_id < b.client_id ? -1 : 1));
}

export function isRefused(row: Outgoing): boolean {
  return row.failure !== null && !row.failure.passing;
}

/** One key for each row, so that two tabs never overwrite each other's messages. */
export function rowStore(keeper: Keeper, prefix: string) {
  const at = (clientId: string) => `${prefix}${clientId}`;
  const read = (key: string): Outgoing | null => {
    const text = keeper.read(key);
    if (text === null) return null;
    try {
      return JSON.parse(text) as Outgoing;
    } catch {
      keeper.remove(key);
      return null;
    }
  };
  return {
    all: () =>
      inOrder(
        keeper
          .keys(prefix)
          .map(read)
          .filter((row) => row !== null),
      ),
    get: (clientId: string) => read(at(clientId)),
    put: (row: Outgoing) => keeper.write(at(row.client_id), JSON.stringify(row)),
    drop: (clientId: string) => keeper.remove(at(clientId)),
    owns: (key: string) => key.startsWith(prefix),
  };
}
