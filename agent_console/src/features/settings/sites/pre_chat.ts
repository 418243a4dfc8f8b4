import type { components } from '@engage/client/src/schema';

export type AskedField = Required<components['schemas']['AskedField-Input']>;
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

export function newField(fields: readonly AskedField[], locale: string): AskedField {
  let number = fields.length + 1;
  while (fields.some(({ key }) => key === `field_${number}`)) number += 1;
  return {
    key: `field_${number}`,
    kind: 'text',
    labels: { [locale]: '' },
    required: false,
    choices: [],
    show_when: null,
  };
}

/** The one field for the address that answers go to has a key of its own. */
export function ofKind(field: AskedField, kind: FieldKind): AskedField {
  const key = kind === 'email' ? 'email' : field.key === 'email' ? 'field_email' : field.key;
  return { ...field, key, kind, choices: kind === 'choice' ? field.choices : [] };
}

/** What a condition on this question may ask for; null is any text. */
export function answersOf(field: AskedField): readonly string[] | null {
  if (field.kind === 'choice') return field.choices;
  return field.kind === 'checkbox' ? [YES] : null;
}

export const labelOf = (field: AskedField, locale: string) =>
  field.labels[locale] || Object.values(field.labels).find(Boolean) || field.key;
