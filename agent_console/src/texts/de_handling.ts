import type { Texts } from '.';

/** Wie Agenten zu Arbeit kommen und sie lassen. */
export const handlingDe: Texts['handling'] = {
  auto: {
    label: 'Angebote dieser Warteschlange',
    by_hand: 'Nimmt der Agent an',
    at_once: 'Öffnen sich sofort',
    after: (seconds) => `Öffnen sich nach ${seconds.toString()} Sekunden`,
    hint: 'Was sich von selbst öffnet, geht nur an Personen, die verfügbar und verbunden sind.',
    person: 'Angebote an diese Person',
    persons: {
      queue: 'Wie jede Warteschlange es vorsieht',
      always: 'Öffnen sich immer von selbst',
      never: 'Warten immer auf die Annahme',
    },
    soon: 'Öffnet sich von selbst',
    now: 'Jetzt öffnen',
    opened: (name) => `Das Gespräch mit ${name} hat sich von selbst geöffnet.`,
    waits: (name) => `Das Gespräch mit ${name} hat sich von selbst geöffnet und steht in Ihrer Liste.`,
  },
};
