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
  declining: {
    why: 'Warum nicht?',
    without: 'Ohne Grund',
    declined: (name) => `Abgelehnt von ${name}`,
    missed: (name) => `Verpasst von ${name}`,
    said: (reason) => `Abgelehnt: ${reason}`,
    because: (said, reason) => `${said}: ${reason}`,
  },
  decline_reasons: {
    title: 'Gründe für Ablehnungen',
    lead: 'Daraus wählen Agenten, wenn sie ein Angebot ablehnen. Der Grund steht im Verlauf und im Leitstand.',
    one: 'Neuer Grund',
    placeholder: 'Zum Beispiel: Nicht mein Thema',
    empty: 'Noch keine Gründe',
    empty_hint: 'Ohne Gründe werden Angebote wortlos abgelehnt.',
    remove_lead: (name) =>
      `„${name}“ kann nicht mehr gewählt werden. Was deshalb abgelehnt wurde, behält den Grund.`,
  },
  presence: {
    causes: { missed_offers: 'Angebote verpasst', connection_lost: 'Verbindung verloren' },
    missed: 'Sie haben mehrere Angebote verpasst, deshalb kommt nichts Neues zu Ihnen.',
    lost: 'Sie waren nicht mehr verbunden, deshalb kommt nichts Neues zu Ihnen.',
    pulled: 'Die Verteilung ist ausgefallen; Angebote kommen langsamer.',
    back: 'Wieder verfügbar',
    own_words: 'In eigenen Worten',
    routing: 'Zuteilung',
    status: {
      ringing: 'Klingelt',
      has: (held, capacity) => `${held.toString()} von ${capacity.toString()}`,
      full: 'Ausgelastet',
      paused: 'Nichts Neues',
    },
    status_long: {
      ringing: (held, capacity) =>
        `Ein Angebot klingelt; ${held.toString()} von ${capacity.toString()} belegt`,
      has: (held, capacity) => `${held.toString()} von ${capacity.toString()} belegt, mehr kann kommen`,
      full: (held, capacity) => `${held.toString()} von ${capacity.toString()} belegt, mehr kommt nicht`,
      paused: (held) =>
        held === 0 ? 'Nichts Neues kommt' : `Nichts Neues kommt; noch ${held.toString()} belegt`,
    },
  },
  presence_reasons: {
    title: 'Gründe für Abwesenheit',
    lead: 'Das sagen Personen, die nicht verfügbar sind. Sie wählen es bei ihrem Status; es bleibt mit seinen Zeiten erhalten.',
    add: 'Grund hinzufügen',
    name: 'Grund',
    name_in: (language) => `Grund auf ${language}`,
    presence: 'Status',
    productive: 'Zählt als Arbeitszeit',
    productive_hint: 'Zum Beispiel eine Schulung; eine Mittagspause nicht.',
    is_productive: 'Arbeitszeit',
    empty: 'Noch keine Gründe',
    empty_hint:
      'Personen sind einfach beschäftigt, abwesend oder in der Pause, oder sagen es in eigenen Worten.',
    remove_lead: (name) =>
      `„${name}“ kann nicht mehr gewählt werden. Wer gerade deshalb abwesend ist, behält den Grund.`,
  },
  outcome_tree: {
    under: 'Unter',
    top: 'Ganz oben',
    in: (name) => `${name} eine Ebene einrücken`,
    out: (name) => `${name} eine Ebene ausrücken`,
    keys: 'Alt und die Pfeiltasten verschieben ein Ergebnis: nach oben, unten, innen und außen. Agenten wählen die, unter denen keines steht.',
    remove_lead: (name, below) =>
      below === 0
        ? `„${name}“ kann nicht mehr gewählt werden. Was damit abgeschlossen wurde, behält es.`
        : `„${name}“ und ${below === 1 ? 'das Ergebnis' : `die ${below.toString()} Ergebnisse`} darunter können nicht mehr gewählt werden. Was damit abgeschlossen wurde, behält sie.`,
  },
};
