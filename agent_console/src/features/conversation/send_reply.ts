import type { Desk } from '../../state/desk';
import { readyAttachments, type Extras } from './extras';

/** An article carries words of its own but no files; with files beside it there are two messages. */
export function sendReply(desk: Desk, conversationId: string, text: string, extras: Extras): void {
  const files = readyAttachments(extras);
  const slug = extras.article?.slug ?? null;
  if (slug === null || files.length === 0) return desk.talk.sendMessage(conversationId, text, files, slug);
  desk.talk.sendMessage(conversationId, text, files, null);
  desk.talk.sendMessage(conversationId, '', [], slug);
}
