import type { Texts } from './index';
import type { WaitPlace } from '@engage/client/src/agent';
import { plural } from './plural';

function range({ from_seconds: from, to_seconds: to }: WaitPlace): string {
  if (to === null) return 'über 1 Std.';
  if (to === 0) return '„gleich“';
  return `${(from ?? 0) / 60}–${to / 60} Min.`;
}

export const promisesDe: Texts['promises'] = {
  names: {
    first_response: 'Erste Antwort',
    next_response: 'Nächste Antwort',
    resolution: 'Lösung',
  },
  entries: {
    promise_warned: (name) => `${name}: die Zeit läuft ab`,
    promise_broken: (name) => `${name} ist überfällig`,
  },
  until: (name, at) => `${name} bis ${at}`,
  stands: (name) => `${name}: die Uhr steht, solange wir auf den Kunden warten`,
  paused: (time) => `${time}, angehalten`,
  place: (place) => {
    const at = `Platz ${place.position}`;
    return place.from_seconds === null ? at : `${at}, angesagt ${range(place)}`;
  },
  title: 'Zusagen',
  lead: 'Wie schnell Ihre Kunden Antwort bekommen. Es gilt die erste Zusage der Liste, die passt; ohne Zusage läuft keine Uhr.',
  empty: 'Noch keine Zusagen',
  empty_hint:
    'Sagen Sie eine erste Antwort binnen zehn Minuten zu, und jede Liste zeigt, wie viel davon noch bleibt.',
  add: 'Zusage hinzufügen',
  change: 'Zusage ändern',
  remove_lead: (name) =>
    `„${name}“ gilt für niemanden mehr. Für offene Arbeit gilt die nächste passende Zusage.`,
  name: 'Name',
  name_hint: 'Etwa „Standard“ oder „Gold-Kunden“',
  who: 'Für welche Arbeit',
  who_hint: 'Was Sie leer lassen, wird nicht verlangt.',
  queues: 'Warteschlangen',
  channels: 'Kanäle',
  tiers: 'Kundenstufen',
  tiers_hint:
    'Durch Kommas getrennt, etwa Gold, Platin. Die Stufe kommt aus der signierten Identität Ihrer Website („tier“) oder aus dem Kontaktfeld „Tier“.',
  within: 'Zusagen in Minuten',
  within_hint: 'Lassen Sie ein Feld leer, um nichts dieser Art zuzusagen.',
  counting: 'Wie gezählt wird',
  in_business_hours: 'Nur in der Öffnungszeit',
  in_business_hours_hint: 'Aus: jede Stunde zählt, Tag und Nacht.',
  warn_percent: 'Warnen nach (Prozent)',
  warn_percent_hint: 'Bei 100 wird niemand gewarnt.',
  raise_minutes: 'Vorrücken um (Minuten Wartezeit)',
  raise_minutes_hint:
    'Einmal bei der Warnung und noch einmal, wenn sie überfällig ist, solange die Arbeit wartet.',
  minutes: (n) =>
    n % 1440 === 0
      ? plural(n / 1440, 'Tag', 'Tage')
      : n % 60 === 0
        ? plural(n / 60, 'Stunde', 'Stunden')
        : `${n} Min.`,
  any: 'Jede Arbeit',
  business: 'in der Öffnungszeit',
  around: 'rund um die Uhr',
};
