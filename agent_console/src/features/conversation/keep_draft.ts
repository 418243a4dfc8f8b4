import type { Desk } from '../../state/desk';
import { withTakenBack } from '../../state/drafts';
import type { OutgoingRow } from '../../state/sender';
import { texts } from '../../texts';
import { addReady } from './extras';
import { putBack } from './mail/put_back';

/** Puts a message that was not sent back into its composer, with all that went with it. */
export function keepDraft(desk: Desk, outgoing: OutgoingRow): void {
  const { conversation_id: id, text, html, attachments, article_slug: slug, posting } = outgoing;
  if (posting) {
    const { cc, bcc, quoted, subject } = posting;
    const article = slug === null ? null : { slug, title: texts.conversation.article };
    void putBack(desk, id, { text, html, attachments, article, posting: { cc, bcc, quoted, subject } });
    return;
  }
  const tab = outgoing.kind === 'note' ? 'note' : 'reply';
  desk.drafts.of(id).update((draft) => withTakenBack(draft, tab, text));
  addReady(desk.extras(id), attachments);
}
