import type { Desk } from './desk';

/** The caret goes to the reply, unless the agent has begun to write a note meanwhile: the answer may be late. */
export function focusReply(desk: Desk): void {
  const isWriting = document.activeElement?.closest('input, textarea') != null;
  if (!isWriting) desk.requests.ask('focus_reply');
}
