import type { NewMessage } from '../../state/conversation_keeper';
import type { Desk } from '../../state/desk';
import { readyAttachments, type Extras } from '../../state/extras';

/** What a mail has besides its words. */
export type MailForm = Pick<NewMessage, 'html' | 'posting'>;

/** An article carries words of its own but no files; with files beside it there are two messages. */
export function sendReply(
  desk: Desk,
  conversationId: string,
  text: string,
  extras: Extras,
  force: boolean,
  mail: MailForm = {},
) {
  const attachments = readyAttachments(extras);
  const article_slug = extras.article?.slug ?? null;
  const send = desk.talk.sendMessage;
  if (article_slug === null || attachments.length === 0) {
    return send(conversationId, { text, attachments, article_slug, force, ...mail });
  }
  send(conversationId, { text, attachments, article_slug: null, force, ...mail });
  send(conversationId, { text: '', attachments: [], article_slug, force, ...mail, html: null });
}
