import type { Texts } from './index';

/** Was ein Admin neben der Website selbst einrichtet. */
export const adminDe: Texts['admin'] = {
  pictures: {
    choose: 'Bild wählen',
    change: 'Anderes wählen',
    saved: 'Das Bild ist gespeichert.',
    removed: 'Das Bild ist entfernt.',
    face: 'Bild',
    my_hint:
      'Kunden und Kollegen sehen es. Die Mitte wird zu einem Quadrat geschnitten; was die Kamera hineingeschrieben hat, wird entfernt.',
    their_hint: 'Kunden und Kollegen sehen es, auf allen Websites.',
    logo: 'Logo',
    logo_hint:
      'Im Widget und im Hilfebereich. Am besten ein PNG mit durchsichtigem Grund; es wird 32 Pixel hoch gezeigt.',
    no_logo: 'Kein Logo',
  },

  teams: {
    title: 'Teams',
    lead: 'Personen mit derselben Arbeit. Geben Sie einem Team eine Warteschlange, oder nennen Sie es in einer Notiz mit @.',
    add: 'Team hinzufügen',
    name: 'Name',
    name_hint: 'Etwa Rechnungen oder Zweite Ebene. In Notizen nennt man es mit @.',
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
