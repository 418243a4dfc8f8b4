import { createStore } from './store';

export interface Notice {
  id: number;
  tone: 'plain' | 'bad';
  text: string;
}

const SHOWN_MS = 6_000;

export function createNotices() {
  const store = createStore<readonly Notice[]>([]);
  let last = 0;
  const dismiss = (id: number) => store.update((all) => all.filter((one) => one.id !== id));
  return {
    store,
    dismiss,
    say(text: string, tone: Notice['tone'] = 'plain') {
      const id = (last += 1);
      store.update((all) => [...all.slice(-2), { id, tone, text }]);
      setTimeout(() => dismiss(id), SHOWN_MS);
    },
  };
}

export type Notices = ReturnType<typeof createNotices>;
