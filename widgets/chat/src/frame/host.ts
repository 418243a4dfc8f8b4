import type { Changes, ConnectMessage, DownMessage, UpMessage } from '@engage/client';
import { HELLO, openedBy } from './window';

/** The loader on the host's page, or nobody when the chat stands alone in its own tab. */
export interface Host {
  readonly standsAlone: boolean;
  /** A window that the frame has opened, which keeps things for it. */
  readonly isWindow: boolean;
  say(message: UpMessage): void;
  onMessage(listener: (message: TalkMessage) => void): void;
  onKept(listener: (changes: Changes) => void): void;
}

/** What the keeper needs comes before there is an engine, which then still hears all the rest. */
export type TalkMessage = Exclude<DownMessage, { type: 'kept' }>;

/** Holds what is said until somebody listens. */
function mailbox<T>() {
  let listener: ((value: T) => void) | null = null;
  let waiting: T[] = [];
  return {
    put(value: T): void {
      if (listener) listener(value);
      else waiting.push(value);
    },
    listen(next: (value: T) => void): void {
      listener = next;
      waiting.forEach(next);
      waiting = [];
    },
  };
}

/**
 * Takes one port from the parent window, and only from an origin the site allows. The port itself is the
 * permission: after that nobody else can speak on it.
 */
export function connectHost(origins: readonly string[]): Host {
  const standsAlone = window.parent === window;
  const opener = standsAlone ? openedBy() : null;
  const other = opener ?? window.parent;
  const trusted = opener ? [location.origin] : origins;
  const talk = mailbox<TalkMessage>();
  const kept = mailbox<Changes>();
  let unsaid: UpMessage[] = [];
  let port: MessagePort | null = null;

  function deliver(message: DownMessage): void {
    if (message.type === 'kept') kept.put(message.changes);
    else talk.put(message);
  }

  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const offered = event.ports[0];
    if (event.source !== other || !trusted.includes(event.origin)) return;
    if (!offered || (event.data as ConnectMessage | null)?.type !== 'engage:connect') return;
    port?.close();
    port = offered;
    port.onmessage = ({ data }: MessageEvent<DownMessage>) => deliver(data);
    unsaid.forEach((message) => port?.postMessage(message));
    unsaid = [];
  });

  opener?.postMessage(HELLO, location.origin);

  return {
    standsAlone,
    isWindow: opener !== null,
    say(message) {
      if (standsAlone && !opener) return;
      if (port) port.postMessage(message);
      else unsaid.push(message);
    },
    onMessage: talk.listen,
    onKept: kept.listen,
  };
}

/** What the server wrote into the page. */
export function frameSettings(): { site: string; origins: string[]; languages: string[] } {
  const meta = (name: string) =>
    document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
  return {
    site: meta('engage-site'),
    origins: [location.origin, ...originsIn(meta('engage-origins'))],
    languages: meta('engage-languages').split(' ').filter(Boolean),
  };
}

export function originsIn(text: string): string[] {
  const trimmed = text.trim();
  if (!trimmed.startsWith('[')) return trimmed === '' ? [] : trimmed.split(/[\s,]+/);
  const list: unknown = JSON.parse(trimmed);
  return Array.isArray(list) ? list.filter((origin): origin is string => typeof origin === 'string') : [];
}
