import type { DownMessage, Keeper, UpMessage } from '@engage/client';

/** Known by name, so that a second wish finds the window that is there. */
const SIZE = 'popup,width=420,height=680';
const LOOK_MS = 500;

export interface WindowTalk {
  site: string;
  keeper: Keeper;
  /** All of the place it begins at, written as the keeper keeps it. */
  place: () => string;
  greet: () => DownMessage[];
  closed: () => void;
}

export interface ChatWindow {
  /** False where the browser has blocked it. */
  open(): boolean;
  show(): void;
  close(): void;
}

/**
 * A window of our own origin, opened by the frame. What is kept goes through a port and stands in no address: on
 * somebody else's page the frame's storage is not the window's.
 */
export function createChatWindow({ site, keeper, place, greet, closed }: WindowTalk): ChatWindow {
  let opened: Window | null = null;
  let port: MessagePort | null = null;
  let watching = 0;

  function kept(): Record<string, string> {
    const known = keeper.keys(`engage:${site}:`).map((key) => [key, keeper.read(key) ?? ''] as const);
    return { ...Object.fromEntries(known), [placeKey(site)]: place() };
  }

  function hear({ data }: MessageEvent<UpMessage>): void {
    if (data.type !== 'keep') return;
    for (const [key, value] of Object.entries(data.changes)) {
      if (value === null) keeper.remove(key);
      else keeper.write(key, value);
    }
  }

  /** It asks each time it has loaded, after a reload too. */
  function greeted(event: MessageEvent<unknown>): void {
    if (event.source !== opened || event.origin !== location.origin || event.data !== HELLO) return;
    port?.close();
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = hear;
    opened?.postMessage({ type: 'engage:connect' }, location.origin, [channel.port2]);
    const first: DownMessage[] = [
      { type: 'kept', changes: kept() },
      ...greet(),
      { type: 'open', view: null },
    ];
    first.forEach((message) => port?.postMessage(message));
  }

  function look(): void {
    if (!opened?.closed) return;
    clearInterval(watching);
    port?.close();
    opened = port = null;
    closed();
  }

  window.addEventListener('message', greeted);
  keeper.onOtherTab((key) =>
    port?.postMessage({ type: 'kept', changes: { [key]: keeper.read(key) } } satisfies DownMessage),
  );

  return {
    open() {
      opened = window.open(`/chat/${encodeURIComponent(site)}`, `engage-${site}`, SIZE);
      if (opened) watching = window.setInterval(look, LOOK_MS);
      return opened !== null;
    },
    show: () => opened?.focus(),
    close: () => opened?.close(),
  };
}

export const HELLO = 'engage:window';
export const placeKey = (site: string) => `engage:${site}:place`;

/** The frame that has opened this window; nobody when somebody else has, for of him nothing can be read. */
export function openedBy(): Window | null {
  try {
    const opener = window.opener as Window | null;
    return opener && !opener.closed && opener.location.origin === location.origin ? opener : null;
  } catch {
    return null;
  }
}
