import type { Attachment, HomeField, Problem } from '@engage/client';
import type { Texts } from '../texts';

export interface ContactDraft {
  /** Stays the same until it is accepted, so that a second click or a reload never opens two conversations. */
  client_id: string;
  topic: string;
  values: Record<string, string>;
  text: string;
  attachments: Attachment[];
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
