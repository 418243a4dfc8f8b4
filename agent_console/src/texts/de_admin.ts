import type { Texts } from './index';

/** What an admin sets up beside the site itself. */
export const adminDe: Texts['admin'] = {
  pictures: {
    choose: 'Bild wählen',
    change: 'Anderes wählen',
    saved: 'Das Bild ist gespeichert.',
    removed: 'Das Bild ist entfernt.',
    face: 'Bild',
    my_hint:
      'Ihre Kunden und Ihr Team sehen es. Es wird quadratisch zugeschnitten; Angaben der Kamera werden entfernt.',
    their_hint: 'Kunden und Team sehen es, auf allen Websites.',
    logo: 'Logo',
    logo_hint:
      'Im Widget und im Hilfebereich. Am besten ein PNG mit transparentem Hintergrund; es wird 32 Pixel hoch gezeigt.',
    no_logo: 'Kein Logo',
  },

  addresses: {
    add: 'Adresse sperren',
    lead: 'Niemand, der von dort kommt, kann schreiben; E-Mails von einer gesperrten Adresse öffnen nichts und stehen als verworfen in der Liste. Eine Adresse teilen sich oft viele: eine Firma, eine Schule, alle Kunden eines Mobilfunknetzes. Wählen Sie den engsten Bereich und die kürzeste Zeit.',
    address: 'IP- oder E-Mail-Adresse',
    address_hint:
      'Eine IP-Adresse oder ein Bereich, etwa 203.0.113.7 oder 203.0.113.0/24, oder wessen E-Mails verworfen werden: kim@shop.example, oder @shop.example für alle von dort.',
    done: 'Die Adresse ist gesperrt.',
  },

  first_answers: {
    open: 'Beliebte Antworten',
    lead: 'Sie stehen auf der ersten Seite von Widget und Hilfebereich, bevor jemand gesucht hat. Ohne sie steht vorn, was den meisten geholfen hat.',
    place: (n) => `Antwort ${n}`,
    none: 'Keine',
  },

  for_good: {
    act: 'Endgültig löschen',
    lead: 'Niemand kann ihn zurückholen. Ein Import fügt ihn nur neu hinzu, wenn sein Ordner ihn noch enthält.',
    done: 'Der Artikel ist gelöscht.',
  },

  teams: {
    title: 'Teams',
    lead: 'Personen mit derselben Arbeit. Geben Sie einem Team eine Warteschlange, oder nennen Sie es in einer Notiz mit @.',
    add: 'Team hinzufügen',
    name: 'Name',
    name_hint: 'Etwa Rechnungen oder Technik. In Notizen nennt man es mit @.',
    members: 'Wer dazugehört',
    nobody: 'Noch gehört niemand dazu',
    empty: 'Noch keine Teams',
    empty_hint:
      'Wer in ein Team kommt, bedient sofort seine Warteschlangen; wer es verlässt, bedient sie nicht mehr.',
    remove_lead: 'Seine Warteschlangen bleiben bei den Personen und Teams, die sie außerdem bedienen.',
    every: 'Alle Teams',
    filter: 'Team',
    none: 'Niemand von dieser Website ist in diesem Team.',
  },
};
