import type { ConnectMessage, DownMessage, UpMessage } from '@engage/client';

/** The loader on the host's page, or nobody when the chat stands alone in its own tab. */
export interface Host {
  readonly standsAlone: boolean;
  say(message: UpMessage): void;
  onMessage(listener: (message: DownMessage) => void): void;
}

/**
 * Takes one port from the parent window, and only from an origin the site allows. The port itself is the
 * permission: after that nobody else can speak on it.
 */
export function connectHost(origins: readonly string[]): Host {
  const standsAlone = window.parent === window;
  const listeners: ((message: DownMessage) => void)[] = [];
  let heard: DownMessage[] = [];
  let unsaid: UpMessage[] = [];
  let port: MessagePort | null = null;

  function deliver(message: DownMessage): void {
    if (listeners.length === 0) heard.push(message);
    listeners.forEach((listener) => listener(message));
  }

  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const offered = event.ports[0];
    if (event.source !== window.parent || !origins.includes(event.origin)) return;
    if (!offered || (event.data as ConnectMessage | null)?.type !== 'engage:connect') return;
    port?.close();
    port = offered;
    port.onmessage = ({ data }: MessageEvent<DownMessage>) => deliver(data);
    unsaid.forEach((message) => port?.postMessage(message));
    unsaid = [];
  });

  return {
    standsAlone,
    say(message) {
      if (standsAlone) return;
      if (port) port.postMessage(message);
      else unsaid.push(message);
    },
    onMessage(listener) {
      listeners.push(listener);
      heard.forEach(listener);
      heard = [];
    },
  };
}

/** What the server wrote into the page. */
export function frameSettings(): { site: string; origins: string[] } {
  const meta = (name: string) =>
    document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
  return { site: meta('engage-site'), origins: [location.origin, ...originsIn(meta('engage-origins'))] };
}

export function originsIn(text: string): string[] {
  const trimmed = text.trim();
  if (!trimmed.startsWith('[')) return trimmed === '' ? [] : trimmed.split(/[\s,]+/);
  const list: unknown = JSON.parse(trimmed);
  return Array.isArray(list) ? list.filter((origin): origin is string => typeof origin === 'string') : [];
}
