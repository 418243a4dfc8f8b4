/**
 * The little of a browser that the chat and the console ask for, so that both run in Node as they are. Each person has
 * a page of his own, with its own address and cookies: what is global in a browser belongs here to whoever runs.
 */
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';

interface Page {
  location: URL;
  cookies: Map<string, string>;
  window: EventTarget;
  document: EventTarget & { visibilityState: 'visible'; activeElement: null };
}

/** Longer than anybody waits before he tells how far he has read. */
const QUIET_MS = 800;

const pages = new AsyncLocalStorage<Page>();

function page(): Page {
  const mine = pages.getStore();
  if (!mine) throw new Error('Nobody sits at this page');
  return mine;
}

/** Everything that `run` starts, also later and by timers, sees the page at this address. */
export function atPage<T>(url: string, run: () => T): T {
  const document = Object.assign(new EventTarget(), {
    visibilityState: 'visible' as const,
    activeElement: null,
  });
  return pages.run({ location: new URL(url), cookies: new Map(), window: new EventTarget(), document }, run);
}

/** The same, for whoever calls from outside: each of its functions runs at the page where this is called. */
export function boundToPage<T extends object>(functions: T): T {
  const bound = Object.entries(functions).map(([name, run]) => [name, AsyncResource.bind(run)]);
  return Object.fromEntries(bound) as T;
}

const fetchAnything = globalThis.fetch;
let asking = 0;
let askedAt = 0;

/** Until nobody has asked the server anything for a while. */
export async function quiet(): Promise<void> {
  while (asking > 0 || performance.now() - askedAt < QUIET_MS)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

async function fetchAtPage(path: string | URL | Request, options: RequestInit = {}): Promise<Response> {
  const { location, cookies } = page();
  const headers = new Headers(options.headers);
  if (options.credentials !== 'omit' && cookies.size > 0)
    headers.set('Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
  asking += 1;
  const url = new URL(String(path), location);
  const response = await fetchAnything(url, { ...options, headers }).finally(() => {
    asking -= 1;
    askedAt = performance.now();
  });
  for (const cookie of response.headers.getSetCookie()) {
    const [pair = ''] = cookie.split(';');
    const at = pair.indexOf('=');
    cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
  return response;
}

const history = {
  pushState(_state: unknown, _title: string, path: string): void {
    page().location = new URL(path, page().location);
  },
};

function put(name: string, get: () => unknown): void {
  Object.defineProperty(globalThis, name, { get, configurable: true });
}

put('location', () => page().location);
put('window', () => page().window);
put('document', () => page().document);
put('history', () => history);
put('navigator', () => ({ onLine: true, languages: ['en'] }));
put('fetch', () => fetchAtPage);
