import { accessDe } from './de_access';
import { adminDe } from './de_admin';
import { bulkDe, spamDe } from './de_bulk';
import { conversationDe } from './de_conversation';
import { boardDe } from './de_board';
import { deskDe } from './de_desk';
import { handlingDe } from './de_handling';
import { partiesDe } from './de_parties';
import { peopleDe } from './de_people';
import { problemsDe } from './de_problems';
import { callDe } from './de_call';
import { promisesDe } from './de_promises';
import { mailDe } from './de_mail';
import { mailAdminDe } from './de_mail_admin';
import { mailComposerDe } from './de_mail_composer';
import { mailServersDe } from './de_mail_servers';
import { ticketsDe } from './de_tickets';
import { mailboxesDe } from './de_mailboxes';
import { routingDe } from './de_routing';
import { settingsDe } from './de_settings';
import type { Texts } from './index';
import { plural } from './plural';

const minutes = (ms: number) => plural(Math.max(1, Math.ceil(ms / 60_000)), 'Minute', 'Minuten');

export const de: Texts = {
  ...conversationDe,
  bulk: bulkDe,
  spam: spamDe,
  board: boardDe,
  desk: deskDe,
  ...peopleDe,
  settings: settingsDe,
  access: accessDe,
  admin: adminDe,
  ...callDe,
  routing: routingDe,
  promises: promisesDe,
  mailboxes: mailboxesDe,
  mail: mailDe,
  mail_admin: mailAdminDe,
  mail_composer: mailComposerDe,
  tickets: ticketsDe,
  mail_servers: mailServersDe,
  parties: partiesDe,
  handling: handlingDe,

  close: 'Schließen',
  back: 'Zurück',
  cancel: 'Abbrechen',
  retry: 'Noch einmal versuchen',
  dismiss: 'Ausblenden',
  loading: 'Wird geladen',
  optional: 'freiwillig',
  choices: 'Auswahl',
  nobody: 'Besucher',

  failure: {
    unknown: 'Etwas ist schiefgegangen. Bitte versuchen Sie es noch einmal.',
    unreachable:
      'Der Server hat nicht geantwortet. Prüfen Sie die Verbindung, und versuchen Sie es noch einmal.',
    wrong_credentials: 'E-Mail-Adresse oder Passwort stimmt nicht.',
    too_many_attempts: (waitMs) =>
      waitMs === null
        ? 'Zu viele Versuche. Warten Sie einige Minuten und versuchen Sie es dann noch einmal.'
        : `Zu viele Versuche. Versuchen Sie es in ${minutes(waitMs)} noch einmal.`,
    offer_gone: 'Dieses Angebot gibt es nicht mehr: Jemand war schneller, oder der Besucher ist gegangen.',
    target_absent: 'Dort ist niemand, der übernehmen kann. Wählen Sie eine andere Warteschlange oder Person.',
    page: 'Die Konsole hat hier angehalten. Laden Sie die Seite neu; nichts, was Sie gesendet haben, geht verloren.',
    reload: 'Neu laden',
  },

  problems: problemsDe,

  field_problems: {
    required: 'Bitte ausfüllen.',
    at_most: (most) => `Höchstens ${most} Zeichen.`,
    at_least: (least) => `Mindestens ${least} Zeichen.`,
    most: (most) => `Höchstens ${most}.`,
    least: (least) => `Mindestens ${least}.`,
    number: 'Hier wird eine Zahl gebraucht.',
    other: 'Bitte prüfen Sie diese Angabe.',
  },

  sign_in: {
    title: 'Bei Engage anmelden',
    lead: 'Ein Ort für alles, was Ihre Besucher fragen.',
    email: 'E-Mail',
    password: 'Passwort',
    show_password: 'Passwort zeigen',
    hide_password: 'Passwort verbergen',
    submit: 'Anmelden',
    submitting: 'Anmeldung läuft',
    ended: 'Ihre Sitzung ist beendet. Melden Sie sich wieder an; Ihre Entwürfe sind noch da.',
  },

  connection: {
    reconnecting:
      'Die Verbindung wird wiederhergestellt. Was Sie schreiben, bleibt erhalten und wird dann gesendet.',
    offline: 'Sie sind offline. Was Sie schreiben, bleibt erhalten und wird später gesendet.',
    back: 'Wieder verbunden',
  },

  rail: {
    label: 'Bereiche',
    work: 'Arbeit',
    mails: 'E-Mails',
    commands: 'Befehle',
    settings: 'Einstellungen',
    more: 'Mehr',
    me: (name) => `${name}: Einstellungen und Abmelden`,
  },

  me: {
    theme: 'Darstellung',
    theme_system: 'Wie das System',
    theme_light: 'Hell',
    theme_dark: 'Dunkel',
    language: 'Sprache',
    language_browser: 'Wie der Browser',
    enter_sends: 'Eingabetaste sendet',
    enter_sends_hint: 'Umschalt + Eingabe beginnt eine neue Zeile',
    sound: 'Ton bei Angeboten',
    notifications: 'Benachrichtigungen',
    notifications_refused: 'Der Browser erlaubt dieser Seite keine Benachrichtigungen.',
    single_keys: 'Kürzel mit einer Taste',
    shortcuts: 'Tastenkürzel',
    sign_out: 'Abmelden',
  },

  presence: {
    label: 'Status',
    names: {
      available: 'Verfügbar',
      busy: 'Beschäftigt',
      away: 'Abwesend',
      break: 'In der Pause',
      offline: 'Offline',
    },
    hints: {
      available: 'Ihnen wird neue Arbeit angeboten',
      busy: 'Sie behalten, was Sie haben; nichts Neues kommt',
      away: 'Gleich zurück; nichts Neues kommt',
      break: 'In der Pause; nichts Neues kommt',
      offline: 'Nicht bei der Arbeit',
    },
    reason: 'Grund',
    reason_placeholder: 'Warum? Zum Beispiel: Besprechung',
    reason_set: 'Grund setzen',
  },

  channels: { webchat: 'Chat', email: 'E-Mail', callback: 'Rückruf' },

  states: {
    queued: 'Wartend',
    offered: 'Angeboten',
    active: 'Aktiv',
    parked: 'Geparkt',
    wrapping_up: 'Nachbearbeitung',
    closed: 'Abgeschlossen',
    abandoned: 'Besucher gegangen',
  },

  work: {
    label: 'Arbeit',
    views: { mine: 'Meine', queue: 'Wartend', closed: 'Erledigt' },
    search: 'Alles durchsuchen',
    clear_search: 'Suche leeren',
    nothing_found: (query) => `Nichts gefunden zu „${query}“`,
    nothing_found_hint: 'Gesucht wird in Namen, E-Mail-Adressen, Themen und allen Nachrichten.',
    mine_empty: 'Nichts auf Ihrem Tisch',
    mine_empty_available:
      'Sobald jemand schreibt, wird Ihnen das nächste Gespräch hier angeboten. Sie können auch eines aus der Warteschlange übernehmen.',
    mine_empty_unavailable: 'Melden Sie sich verfügbar, dann wird Ihnen hier das nächste Gespräch angeboten.',
    see_queue: 'Warteschlange ansehen',
    become_available: 'Verfügbar melden',
    queue_empty: 'Niemand wartet',
    queue_empty_hint: 'Wer mit jemandem sprechen möchte, steht hier; wer am längsten wartet, zuerst.',
    closed_empty: 'Noch nichts abgeschlossen',
    closed_empty_hint: 'Abgeschlossene Gespräche bleiben hier und lassen sich nachlesen.',
    failed: 'Die Liste konnte nicht geladen werden.',
    take: 'Übernehmen',
    take_next: 'Nächstes übernehmen',
    unread: (n) => plural(n, 'ungelesene Nachricht', 'ungelesene Nachrichten'),
    online: 'online',
    offline: 'offline',
    you: 'Sie',
    no_topic: 'Kein Thema',
    due_in: (time) => `noch ${time}`,
    overdue: (time) => `${time} zu spät`,
    waiting: (time) => `wartet ${time}`,
    until: (time) => `bis ${time}`,
    draft: 'Entwurf',
    failed_send: 'Nicht gesendet',
    more: 'Mehr laden',
  },

  offer: {
    label: 'Neue Arbeit',
    why: (queue, waited) => `${queue} · wartet ${waited}`,
    seconds_left: (n) => `noch ${plural(n, 'Sekunde', 'Sekunden')}`,
    accept: 'Annehmen',
    decline: 'Ablehnen',
    title: (name) => `${name} wartet`,
    more: (n) => `und ${plural(n, 'weiteres Angebot', 'weitere Angebote')}`,
  },

  contact: {
    verified: 'Bestätigt',
    verified_hint: 'Die Website bürgt für diese Person.',
    told: 'Von der Website',
    yes: 'Ja',
    no: 'Nein',
    label: 'Über den Besucher',
    online: 'Gerade online',
    offline: 'Nicht auf der Website',
    no_email: 'Keine E-Mail-Adresse bekannt',
    local_time: 'Ortszeit',
    browser: 'Browser',
    language: 'Sprache',
    first_seen: 'Zuerst gesehen',
    contacts_before: 'Frühere Kontakte',
    none_before: 'Erster Kontakt',
    fields: 'Vor dem Chat',
    trail: 'Auf der Website',
    trail_empty: 'Besuchte Seiten, Suchen und gelesene Artikel erscheinen hier.',
    searched: (query) => `Hat „${query}“ gesucht`,
    read_article: (title) => `Hat „${title}“ gelesen`,
    earlier: 'Frühere Gespräche',
    earlier_empty: 'Dies ist das erste Gespräch mit diesem Besucher.',
    queue: 'Warteschlange',
    topic: 'Thema',
    site: 'Website',
    show_more: (n) => `${n} weitere zeigen`,
  },

  mails: {
    label: 'E-Mails',
    lead: 'Alles, was per E-Mail gesendet wurde oder noch gesendet wird',
    states: {
      queued: 'Wartet auf den Versand',
      sent: 'Gesendet',
      kept: 'Hier behalten',
      dead: 'Nicht zugestellt',
      withdrawn: 'Zurückgenommen',
      delayed: 'Verzögert',
      bounced: 'Zurückgekommen',
    },
    state_hints: {
      queued: 'Wird innerhalb einer Minute gesendet.',
      sent: 'Der Mailserver des Empfängers hat sie angenommen.',
      kept: 'Es ist kein Mailserver eingerichtet; E-Mails bleiben hier und werden nicht gesendet.',
      dead: 'Mehrere Versuche blieben ohne Erfolg.',
      withdrawn: 'Wurde vor dem Versand zurückgenommen.',
      delayed: 'Ein anderer Mailserver hat sie angenommen und konnte sie noch nicht weitergeben.',
      bounced: 'Sie wurde gesendet, doch ein anderer Mailserver konnte sie nicht zustellen.',
    },
    to: 'An',
    from: 'Von',
    empty: 'Noch keine E-Mails',
    empty_hint: 'Hier steht, was aus Antworten, Verläufen und Hinweisen wurde, die per E-Mail hinausgehen.',
    none: 'Keine E-Mail geöffnet',
    none_hint: 'Wählen Sie links eine aus.',
    retry: 'Noch einmal senden',
    retried: 'Sie wird innerhalb einer Minute noch einmal gesendet',
    attempts: (n) => plural(n, 'Versuch', 'Versuche'),
    error: 'Warum sie nicht zugestellt wurde',
    html: 'Wie sie aussieht',
    text: 'Nur Text',
    failed: 'Die E-Mails konnten nicht geladen werden.',
    body: 'Inhalt der E-Mail',
  },

  commands: {
    title: 'Befehle',
    placeholder: 'Was möchten Sie tun?',
    empty: 'Kein Befehl mit diesem Namen',
    groups: {
      offer: 'Angebot',
      conversation: 'Dieses Gespräch',
      work: 'Arbeit',
      presence: 'Status',
      console: 'Konsole',
    },
    open_work: 'Gehe zu',
  },

  keys: { control: 'Strg', shift: 'Umschalt' },

  shortcuts: {
    title: 'Tastenkürzel',
    lead: 'Einzelne Tasten wirken, solange der Cursor in keinem Feld steht. Esc verlässt ein Feld.',
    in_fields: 'Überall',
    send: 'Senden, oder die Nachbearbeitung abschließen',
    leave_field: 'Ein Feld verlassen, einen Schritt zurück',
  },

  actions: {
    accept: 'Angebot annehmen',
    decline: 'Angebot ablehnen',
    reply: 'Antwort schreiben',
    note: 'Notiz schreiben',
    attach: 'Dateien anhängen',
    article: 'Artikel einfügen',
    canned: 'Textbaustein einfügen',
    labels: 'Etiketten',
    mentions: 'Erwähnungen zeigen',
    reopen: 'Wieder öffnen',
    unpark: 'Jetzt zurückholen',
    take: 'Dieses Gespräch übernehmen',
    take_next: 'Nächstes aus der Warteschlange übernehmen',
    transfer: 'Weitergeben',
    park: 'Parken',
    end: 'Beenden',
    finish: 'Nachbearbeitung abschließen',
    details: 'Angaben zum Besucher ein- oder ausblenden',
    mine: 'Meine Arbeit zeigen',
    queue: 'Warteschlange zeigen',
    closed: 'Abgeschlossenes zeigen',
    search: 'Alles durchsuchen',
    next: 'Nächstes Gespräch',
    previous: 'Vorheriges Gespräch',
    mails: 'E-Mails zeigen',
    commands: 'Befehlsleiste',
    shortcuts: 'Tastenkürzel',
    theme_light: 'Helle Darstellung',
    theme_dark: 'Dunkle Darstellung',
    theme_system: 'Darstellung wie das System',
    language: (name) => `Sprache: ${name}`,
    sound: 'Ton bei Angeboten ein oder aus',
    sign_out: 'Abmelden',
  },

  time: {
    now: 'jetzt',
    seconds: (n) => `${n} s`,
    minutes: (n) => `${n} min`,
    hours: (n) => `${n} h`,
    hours_minutes: (h, m) => `${h} h ${m} min`,
    days: (n) => plural(n, 'Tag', 'Tage'),
  },

  title: {
    plain: 'Engage',
    offer: (name) => `● ${name} wartet`,
    unread: (n) => `(${n}) Engage`,
  },

  browser_on: (browser, system) => `${browser} unter ${system}`,
};
