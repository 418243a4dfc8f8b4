import { en, type Texts } from './en';

export type { Texts } from './en';

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur', 'yi', 'ps', 'sd', 'ug', 'dv', 'ckb']);

const language = (locale: string) => locale.toLowerCase().split(/[-_]/)[0] ?? 'en';

/** Languages beside English are files of their own, loaded when a visitor speaks them. */
const OTHERS: Record<string, () => Promise<Texts>> = {
  de: async () => (await import('./de')).de,
};

const loaded: Record<string, Texts> = { en };

export function textsFor(locale: string): Texts {
  return loaded[language(locale)] ?? en;
}

export async function loadTexts(locale: string): Promise<void> {
  const name = language(locale);
  const other = OTHERS[name];
  if (loaded[name] || !other) return;
  try {
    loaded[name] = await other();
  } catch {
    // English is better than an empty panel.
  }
}

/** The first of the visitor's languages that we speak. */
export function speakable(locales: readonly string[]): string | undefined {
  return locales.find((locale) => language(locale) in loaded || language(locale) in OTHERS);
}

export function directionOf(locale: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(language(locale)) ? 'rtl' : 'ltr';
}
