import type { Texts } from './index';
import { plural } from './plural';

export const bulkDe: Texts['bulk'] = {
  label: 'Ausgewählte Gespräche',
  one: (name) => `${name} auswählen`,
  chosen: (n) => `${n} ausgewählt`,
  of: (act, n) => `${act}: ${n} ausgewählt`,
  all: 'Alle auswählen',
  clear: 'Auswahl aufheben',
  progress: (done, total) => `${done} von ${total}`,
  actions: {
    row: 'Gespräch auswählen',
    down: 'Auswahl nach unten',
    up: 'Auswahl nach oben',
    all: 'Alle geladenen auswählen',
  },
  end_title: (n) => `${plural(n, 'Gespräch', 'Gespräche')} beenden`,
  end_lead: 'Das Gespräch ist vorbei und die Nachbearbeitung erledigt, mit demselben Ergebnis für alle.',
  outcome: 'Wie ging es aus?',
  no_outcome: 'Ohne Ergebnis',
  labels_lead: 'Ein Etikett wird an alle geheftet; haben es schon alle, wird es abgenommen.',
  on_all: 'An allen',
  on_some: (n) => `An ${n}`,
  labelled: (n, label) => `${label} ist an ${plural(n, 'Gespräch', 'Gesprächen')}`,
  unlabelled: (n, label) => `${label} von ${plural(n, 'Gespräch', 'Gesprächen')} abgenommen`,
  transferred: (n, target) => `${n} an ${target} weitergegeben`,
  parked: (n) => `${n} geparkt`,
  ended: (n) => `${n} beendet`,
  partly: (done, failed, why) => `${done} erledigt, ${failed} nicht möglich: ${why}`,
  not_fitting: 'Das geht nur mit aktiven eigenen Vorgängen.',
  not_waiting: 'Übernehmen geht nur, was wartet.',
  not_to_judge: 'Das hat jemand anderes in der Hand, oder es ist geschlossen.',
  taken: (n) => `${n} übernommen`,
};

export const spamDe: Texts['spam'] = {
  act: 'Spam',
  title: (n) => (n === 1 ? 'Als Spam schließen?' : `${n} als Spam schließen?`),
  lead: (n) =>
    n === 1
      ? 'Es wird ohne Antwort geschlossen. Sie können es wieder öffnen.'
      : 'Sie werden ohne Antwort geschlossen. Sie können sie wieder öffnen.',
  block: (n) => `Weitere Mails ${n === 1 ? 'des Absenders' : 'der Absender'} verwerfen`,
  block_hint:
    'Sie bleiben in der Liste der Eingänge. Unter Einstellungen, Gesperrte Besucher endet das vorzeitig.',
  confirm: 'Als Spam schließen',
  done: (n) => `${plural(n, 'Gespräch', 'Gespräche')} als Spam geschlossen`,
};
