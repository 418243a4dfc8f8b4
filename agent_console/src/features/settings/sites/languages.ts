import type { Choice } from '../../../ui/form';

/** Offered for a site; the widget has words of its own in the first two and takes the site's in all others. */
const CODES = [
  'en', 'de', 'fr', 'it', 'es', 'pt', 'nl', 'pl', 'cs', 'sk', 'hu', 'ro', 'da', 'sv', 'nb', 'fi', 'el', 'tr',
  'uk', 'ar', 'he', 'fa',
] as const; // prettier-ignore

export function languageName(code: string): string {
  const spoken = document.documentElement.lang || 'en';
  return new Intl.DisplayNames([spoken], { type: 'language' }).of(code) ?? code;
}

export function languageChoices(current: string): Choice<string>[] {
  const codes = new Set<string>([current, ...CODES]);
  return [...codes]
    .map((code) => ({ value: code, label: languageName(code) }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

export function zoneChoices(current: string): Choice<string>[] {
  const zones = new Set([current, 'UTC', ...Intl.supportedValuesOf('timeZone')]);
  return [...zones].sort().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
}

export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
