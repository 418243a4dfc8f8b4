import type { Texts } from './index';

export const mailComposerDe: Texts['mail_composer'] = {
  add_copies: 'Kopien',
  remove: (address) => `${address} entfernen`,
  no_address: (typed) => `„${typed}“ ist keine E-Mail-Adresse.`,
  not_sent: (typed) => `Nicht gesendet: „${typed}“ ist keine E-Mail-Adresse.`,
  form: 'Formatierung',
  forms: {
    strong: 'Fett',
    em: 'Kursiv',
    bullets: 'Liste',
    numbers: 'Nummerierte Liste',
    quote: 'Zitat',
    link: 'Link',
  },
  set_link: 'Link einfügen',
  link_address: 'Adresse',
  send_later: 'Später senden',
  later: {
    in_an_hour: 'In einer Stunde',
    this_afternoon: 'Heute Nachmittag',
    tomorrow: 'Morgen früh',
    monday: 'Montag früh',
  },
  own_time: 'Eigene Zeit wählen',
  when: 'Wann',
  schedule: 'Einplanen',
  with_quote: 'Die letzte Mail darunter zitieren',
};
