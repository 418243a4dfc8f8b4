import type { Desk } from '../../../state/desk';
import type { Extras } from '../../../state/extras';
import { usualPosting } from '../../../state/postings';
import { sendReply } from '../send_reply';
import type { RichHandle } from './rich_handle';

interface Written {
  editor: RichHandle | null;
  /** What counts where the editor is not there yet. */
  draft: string;
  extras: Extras;
  force: boolean;
  /** None is now. */
  sendAt: string | null;
}

/** An answer by mail: plain words, the same with their form, and who gets it when. */
export function sendMail(desk: Desk, conversationId: string, written: Written): void {
  const { editor, draft, extras, force, sendAt } = written;
  const { text, html } = editor?.content() ?? { text: draft.trim(), html: null };
  const store = desk.postings(conversationId);
  const { cc, bcc, quoted, subject } = store.get();
  const posting = { cc: [...cc], bcc: [...bcc], quoted, subject: subject?.trim() || null, send_at: sendAt };
  sendReply(desk, conversationId, text, extras, force, { html, posting });
  store.set(usualPosting);
}
