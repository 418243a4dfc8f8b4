import type { Texts } from './index';

export const mailComposerDe: Texts['mail_composer'] = {
  add_copies: 'Kopien',
  remove: (address) => `${address} entfernen`,
  no_address: (typed) => `„${typed}“ ist keine E-Mail-Adresse.`,
  form: 'Form des Textes',
  forms: {
    strong: 'Fett',
    em: 'Kursiv',
    bullets: 'Liste',
    numbers: 'Nummerierte Liste',
    quote: 'Zitat',
    link: 'Verweis',
  },
  set_link: 'Verweis setzen',
  link_address: 'Adresse',
  send_later: 'Später senden',
  later: {
    in_an_hour: 'In einer Stunde',
    this_afternoon: 'Heute Nachmittag',
    tomorrow: 'Morgen früh',
    monday: 'Montag früh',
  },
  own_time: 'Zu einer eigenen Zeit',
  when: 'Wann',
  schedule: 'Dann senden',
  with_quote: 'Die letzte Mail darunter zitieren',
};
