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

/** What is asked of him now: the others wait for another answer. */
export const isAsked = ({ show_when }: HomeField, { topic, values }: ContactDraft): boolean =>
  !show_when || (show_when.field === TOPIC ? topic : values[show_when.field]) === show_when.value;

const ADDRESS: HomeField = {
  key: 'email',
  label: 'E-mail',
  kind: 'email',
  required: true,
  choices: [],
  show_when: null,
};

/** Without an address there is no answer by mail. */
export const askedByMail = (fields: readonly HomeField[]): HomeField[] =>
  fields.some(({ key }) => key === ADDRESS.key)
    ? fields.map((field) =>
        field.key === ADDRESS.key ? { ...field, required: true, show_when: null } : field,
      )
    : [...fields, ADDRESS];

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

/** A field that every site has keeps our label in the visitor's language, unless the site wrote its own. */
export function labelOf({ key, label }: Pick<HomeField, 'key' | 'label'>, texts: Texts): string {
  if (key === 'name' && label === 'Name') return texts.yourName;
  if (key === 'email' && label === 'E-mail') return texts.yourEmail;
  return label;
}

function complaintAbout(field: HomeField, value: string, texts: Texts): string | null {
  if (value === '') {
    if (!field.required) return null;
    return field.kind === 'email' ? texts.needEmail : texts.needField(labelOf(field, texts));
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
    return [field, field === 'email' ? texts.badEmail : fieldWords(field, message, texts)] as const;
  });
  if (byField.length === 0) return { form: refusalWords(problem, texts) };
  return { ...Object.fromEntries(byField), form: texts.refused };
}

/** The server's sentence, in the visitor's language. */
export function refusalWords({ code, detail }: { code: string; detail: string }, texts: Texts): string {
  if (texts.problems) return texts.problems[code] ?? texts.refused;
  return detail || texts.refused;
}

/** The server's checks speak in a few fixed phrases. */
function fieldWords(field: string, message: string, texts: Texts): string {
  if (message === 'required' || message === 'Field required') return texts.needField(field);
  if (message === 'not one of the choices') return texts.notAChoice;
  const most = /at most (\d+) char/.exec(message);
  return most ? texts.tooLong(most[1] ?? '') : texts.badField;
}
