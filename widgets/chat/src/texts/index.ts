import { directionOf, languageOf } from '@engage/client';
import { en, type Texts } from './en';

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

/** What our words really are in: a language without a catalogue would mix its months and its direction with English. */
export const localeOfTexts = (locale: string) => (languageOf(locale) in loaded ? locale : 'en-GB');

export const directionOfTexts = (locale: string) => directionOf(localeOfTexts(locale));

/** The first of the visitor's languages that we speak, or in which the site has words of its own. */
export function speakable(locales: readonly string[], ofSite: readonly string[] = []): string | undefined {
  const speaks = (name: string) =>
    name in loaded || name in OTHERS || ofSite.some((one) => languageOf(one) === name);
  return locales.find((locale) => speaks(languageOf(locale)));
}
