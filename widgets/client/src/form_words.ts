import { languageOf } from './direction';
import type { FormField } from './wire';

/** What was asked before the chat and what was answered, for a reader of this language. */
export function formWords(field: FormField, locale: string): { label: string; answer: string } {
  return {
    label: wordFor(field.labels, locale) ?? field.label,
    answer: wordFor(field.answers, locale) ?? field.answer ?? field.value,
  };
}

function wordFor(words: Readonly<Record<string, string>> | undefined, locale: string): string | undefined {
  return words?.[locale] || words?.[languageOf(locale)] || undefined;
}
