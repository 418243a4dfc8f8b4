import { localKeeper, memoryKeeper, type Keeper } from '@engage/client';
import type { Host } from './host';

/** Our own storage, or, where the browser refuses it to frames, the host page's through the loader. */
export function chooseKeeper(host: Host): Promise<Keeper> {
  const local = localKeeper();
  if (local || host.standsAlone) return Promise.resolve(local ?? memoryKeeper());
  return new Promise((resolve) => {
    host.onMessage((message) => {
      if (message.type === 'kept') resolve(keptByHost(host, message.values));
    });
  });
}

function keptByHost(host: Host, values: Record<string, string>): Keeper {
  const memory = memoryKeeper(values);
  const tell = () => {
    const kept = memory.keys('').map((key) => [key, memory.read(key) ?? ''] as const);
    host.say({ type: 'keep', values: Object.fromEntries(kept) });
  };
  return {
    ...memory,
    write(key, value) {
      memory.write(key, value);
      tell();
    },
    remove(key) {
      memory.remove(key);
      tell();
    },
  };
}

/** What belongs to one tab only, such as the view it shows. */
export function tabNote(key: string): { get(): string | null; set(value: string): void } {
  return {
    get() {
      try {
        return sessionStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set(value) {
      try {
        sessionStorage.setItem(key, value);
      } catch {
        // Refused: the tab starts on its home view after a reload.
      }
    },
  };
}
