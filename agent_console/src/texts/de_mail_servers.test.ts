import { expect, test } from 'vitest';
import { mailServersDe } from './de_mail_servers';

test('what the server says of a mail server is read in German, with the words of that server', () => {
  expect(mailServersDe('The server refused the sign-in: Authentication failed.')).toBe(
    'Der Server hat die Anmeldung abgelehnt: Authentication failed.',
  );
  expect(mailServersDe('imap.x.example did not answer within 15 seconds. Check host and port.')).toBe(
    'imap.x.example hat nicht innerhalb von 15 Sekunden geantwortet. Prüfen Sie Server und Port.',
  );
  expect(mailServersDe('Signed in, but there is no folder “Tickets”.')).toBe(
    'Angemeldet, aber einen Ordner „Tickets“ gibt es nicht.',
  );
  expect(mailServersDe('550 5.1.1 Nobody here')).toBe('550 5.1.1 Nobody here');
});
