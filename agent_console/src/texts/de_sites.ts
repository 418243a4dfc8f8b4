import type { sitesEn } from './en_sites';

export const sitesDe: typeof sitesEn = {
  copy: 'Kopieren',
  copied: 'Kopiert',

  add_site: {
    title: 'Website hinzufügen',
    lead: 'Eine Website oder Marke mit eigenem Aussehen, eigenen Zeiten, Warteschlangen und Leuten. Sie verwalten sie dann.',
    name: 'Name',
    origin: 'Adresse der Website',
    origin_hint: 'Aus der Adresszeile kopiert. Zum Ausprobieren auf Ihrem Rechner: http://localhost:3000',
    key: 'Schlüssel',
    key_hint: 'Steht im Code auf der Website und bleibt so. Kleinbuchstaben, Ziffern und Bindestriche.',
    queues: 'Warteschlangen',
    queues_hint:
      'Worum es Besuchern geht, mit Komma getrennt. Sie wählen eine aus; ändern können Sie sie später.',
    first_queue: 'Fragen',
    add: 'Website anlegen',
  },

  general: {
    title: 'Allgemein',
    lead: 'Wie die Website heißt, welche Sprachen sie spricht und wie spät es dort ist.',
    name: 'Name',
    language: 'Hauptsprache',
    languages: 'Sprachen',
    languages_lead:
      'Besucher sehen ihre eigene Sprache, wenn die Website sie spricht, sonst die Hauptsprache.',
    more_languages: 'Weitere Sprachen',
    more_languages_hint: 'Für jede können Sie die Texte des Widgets schreiben.',
    choose_language: 'Sprache hinzufügen',
    time_zone: 'Zeitzone',
    time_zone_hint: 'In dieser Zone sind die Öffnungszeiten gemeint.',
    privacy_url: 'Datenschutzseite',
    privacy_url_hint: 'Am Fuß des Widgets verlinkt. Leer heißt: kein Link.',
  },

  install: {
    title: 'Websites',
    lead: 'Wie das Widget auf Ihre Website kommt und welche Websites es zeigen dürfen.',
    tag: 'Der Code',
    tag_lead:
      'Fügen Sie ihn in jede Seite ein, am besten vor </body>. Er lädt im Hintergrund und verschiebt nichts.',
    try: 'Ausprobieren',
    try_hint: 'Öffnet eine Seite von uns mit diesem Widget: So chatten Sie, bevor Ihre Website fertig ist.',
    origins: 'Erlaubte Websites',
    origins_lead: 'Nur diese dürfen das Widget zeigen. Genau so: https, www und Port zählen.',
    add_origin: 'Website hinzufügen',
    origin_hint:
      'Etwa https://www.example.com. Während Sie bauen: http://localhost:3000 mit dem Port, den Sie benutzen.',
    refused: 'Das konnte nicht hinzugefügt werden.',
  },
};
