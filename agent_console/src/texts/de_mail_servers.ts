/**
 * What the server says of mail servers and of mails, in German: each sentence as it is stored, with what is told in it.
 * A mail server's own words stay as they are.
 */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [
    /^The mail server offers no encryption \(STARTTLS\), so nothing was sent to it\.$/,
    'Der Mailserver bietet keine Verschlüsselung (STARTTLS), deshalb wurde nichts gesendet.',
  ],
  [
    /^The mail server's certificate was not accepted, so nothing was sent: (.*)$/,
    'Dem Zertifikat des Mailservers ist nicht zu trauen, deshalb wurde nichts gesendet: $1',
  ],
  [
    /^The connection could not be encrypted \((.*)\), so nothing was sent\.$/,
    'Die Verbindung ließ sich nicht verschlüsseln ($1), deshalb wurde nichts gesendet.',
  ],
  [/^The mail server did not let us in: (.*)$/, 'Der Mailserver hat die Anmeldung abgelehnt: $1'],
  [/^The mail server did not answer in time\.$/, 'Der Mailserver hat nicht rechtzeitig geantwortet.'],
  [
    /^No mail server is set, neither here nor in the program's settings: mails are kept, not sent\.$/,
    'Weder hier noch in den Einstellungen des Programms ist ein Mailserver eingetragen: E-Mails werden aufbewahrt, nicht gesendet.',
  ],
  [
    /^No mail server is set for sending, so no mail can go round\.$/,
    'Zum Senden ist kein Mailserver eingetragen, deshalb kann keine E-Mail die Runde machen.',
  ],
  [
    /^The mailbox whose consent is used for sending has none any more\.$/,
    'Das Postfach, mit dessen Zustimmung gesendet wird, hat keine mehr.',
  ],
  [
    /^The mail service takes our sign-in no more; an admin has to give consent again\.$/,
    'Der Mail-Dienst nimmt unsere Anmeldung nicht mehr an. Bitte erteilen Sie die Zustimmung erneut.',
  ],
  [
    /^(.*) lies in a private network and may not be called from here\.$/,
    '$1 liegt in einem privaten Netz und darf von hier nicht aufgerufen werden.',
  ],
  [/^There is no host with the name (.*)\.$/, 'Es gibt keinen Server mit dem Namen $1.'],
  [/^The server refused the sign-in: (.*)$/, 'Der Server hat die Anmeldung abgelehnt: $1'],
  [/^The server closed the connection: (.*)$/, 'Der Server hat die Verbindung beendet: $1'],
  [/^The server said goodbye: (.*)$/, 'Der Server hat sich verabschiedet: $1'],
  [/^The server answered (.*?): (.*)$/, 'Der Server hat mit $1 geantwortet: $2'],
  [
    /^The server lists mails that it does not give\.$/,
    'Der Server führt E-Mails auf, die er nicht herausgibt.',
  ],
  [
    /^The mail service gave no token \(status (\d+), no reason\)\.$/,
    'Der Mail-Dienst hat die Anmeldung nicht verlängert (Status $1).',
  ],
  [
    /^The mail service gave no token \(status (\d+), (.*)\)\.$/,
    'Der Mail-Dienst hat die Anmeldung nicht verlängert (Status $1, $2).',
  ],
  [
    /^Another process asks for a token and gets none\.$/,
    'Der Mail-Dienst verlängert die Anmeldung gerade nicht; es wird weiter versucht.',
  ],
  [/^There was no answer within (\d+) seconds\.$/, 'Innerhalb von $1 Sekunden kam keine Antwort.'],
  [/^The connection failed: (.*)\.$/, 'Die Verbindung ist fehlgeschlagen: $1.'],
  [
    /^The other side answered with something that is not JSON\.$/,
    'Die Gegenseite hat etwas Unverständliches geantwortet (kein JSON).',
  ],
  [/^The answer is longer than (\d+) bytes\.$/, 'Die Antwort ist länger als $1 Bytes.'],
  [/^The address must begin with https:\/\/\.$/, 'Die Adresse muss mit https:// beginnen.'],
  [
    /^The mail or an address cannot be sent: (.*)$/,
    'Die E-Mail oder eine Adresse darin lässt sich nicht senden: $1',
  ],
  [/^Not taken for (.*)$/, 'Nicht angenommen für $1'],
  [
    /^The connection could not be encrypted \((.*)\)\. Check port and encryption\.$/,
    'Die Verbindung ließ sich nicht verschlüsseln ($1). Prüfen Sie Port und Verschlüsselung.',
  ],
  [
    /^(.*) did not answer within (\d+) seconds\. Check host and port\.$/,
    '$1 hat nicht innerhalb von $2 Sekunden geantwortet. Prüfen Sie Server und Port.',
  ],
  [/^(.*) did not answer within (\d+) seconds\.$/, '$1 hat nicht innerhalb von $2 Sekunden geantwortet.'],
  [/^(.*) cannot be reached on port (\d+) \((.*)\)\.$/, '$1 ist auf Port $2 nicht erreichbar ($3).'],
  [/^(.*) cannot be reached \((.*)\)\.$/, '$1 ist nicht erreichbar ($2).'],
  [/^Signed in, but there is no folder “(.*)”\.$/, 'Angemeldet, aber einen Ordner „$1“ gibt es nicht.'],
  [/^There is no folder “(.*)”: (.*)$/, 'Einen Ordner „$1“ gibt es nicht: $2'],
  [
    /^Mails could not be filed and wait among the dead letters\.$/,
    'E-Mails ließen sich nicht einordnen und warten auf eine Person.',
  ],
  [/^The same mail was filed before\.$/, 'Dieselbe E-Mail kam schon.'],
  [/^Its sender is blocked\.$/, 'Der Absender ist gesperrt.'],
  [/^An agent has blocked its sender\.$/, 'Jemand aus dem Team hat den Absender gesperrt.'],
  [/^The rule “(.*)” drops it\.$/, 'Die Regel „$1“ verwirft sie.'],
];

export function mailServersDe(said: string): string {
  const found = SENTENCES.find(([sentence]) => sentence.test(said));
  return found ? said.replace(found[0], found[1]) : said;
}
