import type { Keeper } from '@engage/client';
import { createStore, type Store } from './store';

/** What an agent sets for himself on this machine. */
export interface Preferences {
  /** `browser`, or the language that was chosen. */
  language: string;
  /** `browser`, or the zone in which all times are shown. */
  time_zone: string;
  theme: 'system' | 'light' | 'dark';
  enter_sends: boolean;
  sound: boolean;
  desktop_notifications: boolean;
  /** Off for people whose speech input or hands would press single keys by mistake (WCAG 2.1.4). */
  single_keys: boolean;
  /** Whether the pane about the visitor is shown where there is room for it. */
  context_pane: boolean;
}

const KEY = 'engage.console.preferences';

export const standard: Preferences = {
  language: 'browser',
  time_zone: 'browser',
  theme: 'system',
  enter_sends: true,
  sound: true,
  desktop_notifications: false,
  single_keys: true,
  context_pane: true,
};

export function parsePreferences(text: string | null): Preferences {
  if (text === null) return standard;
  try {
    const kept = JSON.parse(text) as Partial<Preferences>;
    return { ...standard, ...kept };
  } catch {
    return standard;
  }
}

export function readPreferences(keeper: Keeper | null): Preferences {
  return parsePreferences(keeper?.read(KEY) ?? null);
}

export function createPreferences(keeper: Keeper): Store<Preferences> {
  const store = createStore(readPreferences(keeper));
  store.subscribe(() => keeper.write(KEY, JSON.stringify(store.get())));
  return store;
}
