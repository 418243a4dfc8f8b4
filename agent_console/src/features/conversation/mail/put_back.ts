import type { Attachment } from '@engage/client';
import type { Desk } from '../../../state/desk';
import { withFormedBack } from '../../../state/drafts';
import type { PickedArticle } from '../../../state/extras';
import { usualPosting, type PostingForm } from '../../../state/postings';
import { addReady } from '../extras';

interface TakenBack {
  text: string;
  html: string | null;
  attachments: readonly Attachment[];
  article: PickedArticle | null;
  posting: Partial<PostingForm>;
}

/** An answer by mail is in its writer's hands again: words with their form, files, copies and subject. */
export async function putBack(desk: Desk, conversationId: string, answer: TakenBack): Promise<void> {
  const { text, html, attachments, article, posting } = answer;
  const draft = await draftOf(text, html);
  desk.drafts.of(conversationId).update((now) => withFormedBack(now, text, draft));
  const extras = desk.extras(conversationId);
  addReady(extras, attachments);
  if (article) extras.update((now) => ({ ...now, article }));
  desk.postings(conversationId).set({ ...usualPosting, ...posting });
}

/** Its plain words where the editor cannot be loaded. */
async function draftOf(text: string, html: string | null): Promise<string> {
  if (text === '') return '';
  try {
    const { asDraft } = await import('./rich_text_form');
    return asDraft(text, html);
  } catch {
    return text;
  }
}
