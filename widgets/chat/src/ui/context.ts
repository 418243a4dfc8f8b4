import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Engine } from '../engine/engine';
import type { State } from '../state/state';
import type { Texts } from '../texts';

/** What every view needs: the state it draws, the words, and what it may ask for. */
export interface App {
  state: State;
  engine: Engine;
  texts: Texts;
  /** The language of a text, where the site wrote it. */
  spoken: (key: keyof Texts) => { lang?: string; dir?: 'auto' };
  standsAlone: boolean;
}

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('A view stands outside of the app');
  return app;
}
