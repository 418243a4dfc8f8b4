import { newClientId, type Attachment, type HomeField, type Problem } from '@engage/client';
import type { Texts } from '../texts';

export interface ContactDraft {
  /** The last try that did not succeed, or null before the first. */
  tried: Try | null;
  topic: string;
  values: Record<string, string>;
  text: string;
  attachments: Attachment[];
}

/** What was sent, under which id; `refused` when the server has said that nothing was stored. */
export interface Try {
  client_id: string;
  content: string;
  refused: boolean;
}

/**
 * A second click or a reload sends the same under the same id, so that it never opens two conversations. While no
 * answer came the first try may have been stored, so an edited one goes under its id as well.
 */
export function nextTry(draft: ContactDraft): Try {
  const { tried, topic, text } = draft;
  const content = JSON.stringify([topic, text.trim()]);
  const isSame = tried !== null && (!tried.refused || tried.content === content);
  return { client_id: isSame ? tried.client_id : newClientId(), content, refused: false };
}

/** Sentences by field key; `form` is for what belongs to none. */
export type Complaints = Readonly<Record<string, string>>;

export const TOPIC = 'topic';
export const TEXT = 'text';

const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export const looksLikeMail = (text: string) => MAIL.test(text.trim());

export function complaintsIn(
  draft: ContactDraft,
  fields: readonly HomeField[],
  asksTopic: boolean,
  texts: Texts,
): Complaints {
  const found: Record<string, string> = {};
  if (asksTopic && draft.topic === '') found[TOPIC] = texts.needTopic;
  for (const field of fields) {
    const complaint = complaintAbout(field, (draft.values[field.key] ?? '').trim(), texts);
    if (complaint !== null) found[field.key] = complaint;
  }
  if (draft.text.trim() === '' && draft.attachments.length === 0) found[TEXT] = texts.needMessage;
  return found;
}

function complaintAbout(field: HomeField, value: string, texts: Texts): string | null {
  if (value === '') {
    if (!field.required) return null;
    return field.kind === 'email' ? texts.needEmail : texts.needField(field.label);
  }
  return field.kind === 'email' && !looksLikeMail(value) ? texts.badEmail : null;
}

/** The server's refusal, in words beside the field it is about. */
export function complaintsFrom(problem: Problem, texts: Texts): Complaints {
  if (problem.isTransient && problem.status !== 429) return { form: texts.notSentKept };
  if (problem.status === 429) return { form: texts.tooManyTries };
  if (problem.code === 'email_required') return { email: texts.needEmail };
  const byField = problem.errors.map(({ path, message }) => {
    const field = path.split('.').at(-1) ?? 'form';
    return [field, field === 'email' ? texts.badEmail : message] as const;
  });
  if (byField.length === 0) return { form: problem.detail || texts.refused };
  return { ...Object.fromEntries(byField), form: texts.refused };
}
