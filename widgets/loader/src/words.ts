/** The few words outside of the frame, in the languages the widget speaks. */
const WORDS = {
  en: {
    open: 'Open help',
    close: 'Close help',
    dismiss: 'Dismiss',
    panel: 'Help and chat',
    silent: 'Help could not be loaded.',
    again: 'Try again',
    unread: (count: number) =>
      count === 1 ? 'Open help, 1 unread message' : `Open help, ${count} unread messages`,
  },
  de: {
    open: 'Hilfe öffnen',
    close: 'Hilfe schließen',
    dismiss: 'Ausblenden',
    panel: 'Hilfe und Chat',
    silent: 'Die Hilfe konnte nicht geladen werden.',
    again: 'Noch einmal versuchen',
    unread: (count: number) =>
      count === 1 ? 'Hilfe öffnen, 1 ungelesene Nachricht' : `Hilfe öffnen, ${count} ungelesene Nachrichten`,
  },
};

let spoken: keyof typeof WORDS = 'en';

export function speak(locale: string): void {
  spoken = locale.toLowerCase().startsWith('de') ? 'de' : 'en';
}

/** Both run from left to right, whatever the page around them does. */
export const spokenLanguage = () => spoken;

export const words = () => WORDS[spoken];
