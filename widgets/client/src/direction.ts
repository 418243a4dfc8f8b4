const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur', 'yi', 'ps', 'sd', 'ug', 'dv', 'ckb']);

/** The language of a locale: "de" of "de-AT". */
export const languageOf = (locale: string) => locale.toLowerCase().split(/[-_]/)[0] || 'en';

/** Not asked of Intl, which knows it in only some of the browsers we promise. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(languageOf(locale)) ? 'rtl' : 'ltr';
}
