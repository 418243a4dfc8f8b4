import type { components } from '@engage/client/src/schema';

export type AskedField = Required<components['schemas']['AskedField-Output']>;
export type Choice = AskedField['choices'][number];
export type FieldKind = AskedField['kind'];
export const KINDS: readonly FieldKind[] = [
  'text',
  'email',
  'phone',
  'number',
  'order_id',
  'choice',
  'checkbox',
];

/** The answer of a ticked box. */
export const YES = 'yes';

const usual = (key: string, kind: FieldKind, en: string, de: string): AskedField => ({
  key,
  kind,
  labels: { en, de },
  required: false,
  choices: [],
  show_when: null,
});

/** What is asked where nothing is set up. */
export const USUAL: readonly AskedField[] = [
  usual('name', 'text', 'Name', 'Name'),
  usual('email', 'email', 'E-mail', 'E-Mail'),
];

/** A name that none of these has. */
function freeName(stem: string, taken: readonly string[]): string {
  let number = taken.length + 1;
  while (taken.includes(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

export function newField(fields: readonly AskedField[]): AskedField {
  return {
    key: freeName(
      'field',
      fields.map(({ key }) => key),
    ),
    kind: 'text',
    labels: {},
    required: false,
    choices: [],
    show_when: null,
  };
}

/** The one field for the address that answers go to has a key of its own. */
export function ofKind(field: AskedField, kind: FieldKind): AskedField {
  const key = kind === 'email' ? 'email' : field.key === 'email' ? 'field_email' : field.key;
  return { ...field, key, kind, choices: kind === 'choice' ? withChoice(withChoice([])) : [] };
}

/** One more; its value never changes, whatever its words become. */
export function withChoice(choices: readonly Choice[]): Choice[] {
  const taken = choices.map(({ value }) => value);
  return [...choices, { value: freeName('choice', taken), labels: {} }];
}

/** As it is edited: a choice that was stored as a plain word has it as its label. */
export const toEdit = (field: AskedField, main: string): AskedField => ({
  ...field,
  choices: field.choices.map(({ value, labels }) =>
    Object.keys(labels).length > 0 ? { value, labels } : { value, labels: { [main]: value } },
  ),
});

/** As it is stored: without space around words, and without choices that have none. */
export const toStore = (field: AskedField): AskedField => ({
  ...field,
  labels: trimmed(field.labels),
  choices: field.choices
    .map(({ value, labels }) => ({ value, labels: trimmed(labels) }))
    .filter(({ labels }) => Object.keys(labels).length > 0),
});

type Labels = AskedField['labels'];

const trimmed = (labels: Labels): Labels =>
  Object.fromEntries(
    Object.entries(labels)
      .map(([locale, label]) => [locale, label.trim()] as const)
      .filter(([, label]) => label !== ''),
  );

export const withLabel = (labels: Labels, locale: string, label: string): Labels => ({
  ...labels,
  [locale]: label,
});

/** What a condition on this question may ask for; null is any text. */
export function answersOf(field: AskedField): readonly string[] | null {
  if (field.kind === 'choice') return field.choices.map(({ value }) => value);
  return field.kind === 'checkbox' ? [YES] : null;
}

export const labelOf = ({ labels }: { labels: Labels }, locales: readonly string[]): string | undefined =>
  locales.map((locale) => labels[locale]).find(Boolean) ?? Object.values(labels).find(Boolean);

/** A question that is only asked after this answer, which must stay as long as that one waits for it. */
export const askedAfter = (
  fields: readonly AskedField[],
  key: string,
  value: string,
): AskedField | undefined =>
  fields.find(({ show_when }) => show_when?.field === key && show_when.value === value);
