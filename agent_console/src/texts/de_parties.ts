import type { PartiesTexts } from './en_parties';

export const partiesDe: PartiesTexts = {
  consult: 'Kollegen um Rat fragen',
  conference: 'Kollegen dazuholen',
  hand_over_to: (name) => `An ${name} übergeben`,
  hand_over: 'Übergeben',
  let_go: 'Verabschieden',
  let_go_of: (name) => `Verabschieden: ${name}`,
  take_back: 'Zurücknehmen',
  take_back_from: (name) => `Zurücknehmen: Anfrage an ${name}`,
  leave: 'Gespräch verlassen',
  leave_talk: 'Gespräch verlassen',

  bar: 'Kollegen in diesem Gespräch',
  rings: (name) => `${name} wird gefragt`,
  consulted: (name) => `${name} berät Sie`,
  in_conference: (name) => `${name} spricht mit dem Besucher`,
  i_advise: (holder) => `Sie beraten ${holder}. Der Besucher sieht davon nichts.`,
  i_sit_in: (holder) => `Sie sprechen mit dem Besucher; ${holder} führt das Gespräch.`,
  also_here: (names) => `Auch hier: ${names}`,
  row: { consult: 'Sie beraten', conference: 'Sie sind dabei' },
  over: (visitor) => `Ihr Teil im Gespräch mit ${visitor} ist zu Ende.`,
  handed: (name) => `${name} führt das Gespräch jetzt`,
  note_only: 'Sie beraten hier: Was Sie schreiben, ist eine Notiz, die nur Kollegen sehen.',

  offer: {
    consult: (name) => `${name} bittet um Ihren Rat`,
    conference: (name) => `${name} holt Sie in ein Gespräch`,
    with: (visitor, queue) => `Mit ${visitor} · ${queue}`,
  },

  ask: {
    consult_lead:
      'Der Kollege sieht das Gespräch und schreibt Ihnen Notizen. Der Besucher sieht davon nichts.',
    conference_lead: 'Der Kollege spricht auch mit dem Besucher. Der Besucher sieht den Namen.',
    to: 'Wen',
    search: 'Kollege, Warteschlange oder Fähigkeit',
    colleagues: 'Kollegen',
    queues: 'Wer in einer Warteschlange frei ist',
    skills: 'Wer mit einer Fähigkeit frei ist',
    centres: 'Standorte',
    none: 'Niemand mit diesem Namen',
    failed: 'Die Liste konnte nicht geladen werden.',
    free: (n) => (n === 0 ? 'niemand frei' : `${n} frei`),
    full: 'ausgelastet',
    absent: 'nicht da',
    note: 'Worum geht es?',
    note_placeholder: 'Ihre Frage, und was bisher besprochen wurde',
    submit: 'Fragen',
    submit_to: (name) => `${name} fragen`,
    choose: 'Wählen Sie zuerst jemanden aus.',
    done: (name) => `${name} wird gefragt`,
    return_to_me: 'Zurück an mich, wenn es niemand annimmt',
  },

  transfer: { skills: 'Fähigkeiten' },

  more_time: 'Eine Minute mehr',
  outcome_needed: 'Wählen Sie zuerst ein Ergebnis',
  wrap_up_mode: {
    label: 'Nachbearbeitung',
    mandatory: 'Bis sie fertig ist, mit Ergebnis',
    timed: 'Für eine Zeit, mit Ergebnis',
    optional: 'Für eine Zeit, Ergebnis freiwillig',
    none: 'Keine',
  },

  news: {
    asked: (name, by) => (by ? `${by} fragt ${name}` : `${name} wird gefragt`),
    joined: (name) => `${name} berät von jetzt an`,
    declined: (name) => `${name} hat abgelehnt`,
    missed: (name) => `${name} hat nicht geantwortet`,
    withdrawn: (name) => `Die Anfrage an ${name} wurde zurückgenommen`,
    left: (name) => `${name} ist gegangen`,
    handed_over: (name) => `${name} führt das Gespräch von jetzt an`,
  },
};
