import { auditActsDe } from './de_audit';
import { integrationsDe } from './de_integrations';
import { peopleSettingsDe } from './de_people';
import { sitesDe } from './de_sites';
import type { Texts } from './index';
import { plural } from './plural';

export const settingsDe: Texts['settings'] = {
  label: 'Einstellungen',
  site: 'Website',
  groups: { me: 'Ich', site: 'Website', work: 'Arbeit', team: 'Team', records: 'Protokolle' },
  none: 'Wählen Sie einen Bereich',
  not_allowed: 'Ihre Rolle erlaubt das nicht',
  not_allowed_hint: 'Fragen Sie einen Admin dieser Website.',
  failed: 'Das konnte nicht geladen werden',
  add: 'Hinzufügen',
  clear: 'Suche leeren',
  save: 'Speichern',
  saving: 'Wird gespeichert',
  saved: 'Gespeichert',
  edit: (name) => `${name} ändern`,
  remove: (name) => `${name} entfernen`,
  remove_short: 'Entfernen',
  up: (name) => `${name} nach oben`,
  down: (name) => `${name} nach unten`,
  unsaved: 'Noch nicht gespeichert',
  discard: 'Verwerfen',
  leave_title: 'Ohne Speichern verlassen?',
  leave_lead:
    'Ihre Eingaben auf dieser Seite sind noch nicht gespeichert. Wenn Sie sie verlassen, gehen sie verloren.',
  leave: 'Verlassen',

  ...sitesDe,
  ...integrationsDe,
  ...peopleSettingsDe,

  outcomes: {
    title: 'Ergebnisse',
    lead: 'Was man beim Abschließen eines Gesprächs auswählt. Die Berichte zählen danach.',
    one: 'Ergebnis',
    placeholder: 'Zum Beispiel: Gelöst',
    empty: 'Noch keine Ergebnisse',
    empty_hint: 'Fügen Sie das erste hinzu: Agenten wählen es beim Abschließen.',
    remove_lead: (name) =>
      `„${name}“ kann niemand mehr auswählen. Gespräche, die so abgeschlossen wurden, behalten es.`,
  },

  audit: {
    acts: auditActsDe,
    title: 'Änderungsprotokoll',
    lead: 'Wer was geändert hat, und wann.',
    search: 'Nach Person, Sache oder Vorgang suchen',
    empty: 'Noch nichts',
    empty_hint: 'Jede Änderung in den Einstellungen hinterlässt hier eine Zeile.',
    nothing_found: 'Nichts gefunden',
    export: 'Als CSV exportieren',
    when: 'Wann',
    who: 'Wer',
    what: 'Was',
    changes: 'Änderungen',
    more: 'Mehr anzeigen',
    count: (shown) => plural(shown, 'Zeile', 'Zeilen'),
  },
};
