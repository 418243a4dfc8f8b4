import { directionOf, languageOf } from '@engage/client';
import type { en } from './en';

/** Another language is another file of this type: a text that lacks there does not compile. */
export type Texts = typeof en;

const CATALOGUES = {
  en: async (): Promise<Texts> => (await import('./en')).en,
  de: async (): Promise<Texts> => (await import('./de')).de,
};

export type Language = keyof typeof CATALOGUES;

/** Each in its own words, so that a person finds the way out of a language not understood. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch' };

/** How the console speaks: its words, and the form of its dates and numbers. */
export interface Voice {
  language: Language;
  locale: string;
  direction: 'ltr' | 'rtl';
}

const speaks = (language: string): language is Language => language in CATALOGUES;

/** A language without a catalogue is spoken in English, written in its own direction. */
export function voiceFor(wanted: string, offered: readonly string[]): Voice {
  const chosen =
    wanted === 'browser' ? (offered.find((locale) => speaks(languageOf(locale))) ?? 'en') : wanted;
  const language = languageOf(chosen);
  if (!speaks(language)) return { language: 'en', locale: 'en-GB', direction: directionOf(chosen) };
  const locale =
    offered.find((one) => languageOf(one) === language) ?? (language === 'en' ? 'en-GB' : chosen);
  return { language, locale, direction: directionOf(locale) };
}

// Bindings that `speak` fills before any module that reads them is loaded: labels are read once, on import.
export let texts: Texts;
export let voice: Voice;

/** Only the one catalogue is fetched. */
export async function speak(next: Voice): Promise<void> {
  texts = await CATALOGUES[next.language]();
  voice = next;
}
