import { languageOf } from '@engage/client';
import { en, type Texts } from './en';

export { directionOf } from '@engage/client';
export type { Texts } from './en';

/** Languages beside English are files of their own, loaded when a visitor speaks them. */
const OTHERS: Record<string, () => Promise<Texts>> = {
  de: async () => (await import('./de')).de,
};

const loaded: Record<string, Texts> = { en };

export function textsFor(locale: string): Texts {
  return loaded[languageOf(locale)] ?? en;
}

export async function loadTexts(locale: string): Promise<void> {
  const name = languageOf(locale);
  const other = OTHERS[name];
  if (loaded[name] || !other) return;
  try {
    loaded[name] = await other();
  } catch {
    // English is better than an empty panel.
  }
}

/** How dates are written beside our words: a language without a catalogue would mix its months with English. */
export const localeOfTexts = (locale: string) => speakable([locale]) ?? 'en-GB';

/** The first of the visitor's languages that we speak. */
export function speakable(locales: readonly string[]): string | undefined {
  return locales.find((locale) => languageOf(locale) in loaded || languageOf(locale) in OTHERS);
}
