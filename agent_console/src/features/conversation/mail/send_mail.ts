import type { Desk } from '../../../state/desk';
import type { Extras } from '../../../state/extras';
import { usualPosting } from '../../../state/postings';
import { texts } from '../../../texts';
import { sendReply } from '../send_reply';
import { takenIn } from './addresses';
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

/** What still stands in the fields of copies is taken in; false, and said, where it is no address. */
export function takesCopies(desk: Pick<Desk, 'postings' | 'notices'>, conversationId: string): boolean {
  const store = desk.postings(conversationId);
  const { cc, bcc, typed, ...rest } = store.get();
  const copies = takenIn({ addresses: cc, typed: typed.cc });
  const blind = takenIn({ addresses: bcc, typed: typed.bcc });
  store.set({
    ...rest,
    cc: copies.addresses,
    bcc: blind.addresses,
    typed: { cc: copies.typed, bcc: blind.typed },
  });
  const wrong = [copies, blind].map((list) => list.typed.text).find(Boolean);
  if (wrong) desk.notices.say(texts.mail_composer.not_sent(wrong), 'bad');
  return !wrong;
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
