import type { Keeper, TrailItem, VisitedPage } from '@engage/client';
import type { Session } from './session';

const LONGEST = 30;
const SEND_MS = 3_000;

/** What the visitor looked at and searched for: shown to the agent who takes him, and to nobody before. */
export function keepTrail(site: string, keeper: Keeper, session: Session) {
  const key = `engage:${site}:trail`;
  let items = stored();
  let unsent: TrailItem[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function stored(): TrailItem[] {
    try {
      return JSON.parse(keeper.read(key) ?? '[]') as TrailItem[];
    } catch {
      return [];
    }
  }

  function add(coming: readonly TrailItem[]): void {
    const fresh = coming.map(shortened).filter((item) => !items.some((known) => isSame(known, item)));
    if (fresh.length === 0) return;
    items = [...items, ...fresh].sort((a, b) => (a.at < b.at ? -1 : 1)).slice(-LONGEST);
    keeper.write(key, JSON.stringify(items));
    if (session.token() === null) return;
    unsent = [...unsent, ...fresh].slice(-LONGEST);
    clearTimeout(timer);
    timer = setTimeout(flush, SEND_MS);
  }

  function flush(): void {
    const leaving = unsent;
    unsent = [];
    // The trail is a help, not a promise: what could not be sent is told with the next item.
    session.door.addTrail(leaving).catch(() => {
      unsent = [...leaving, ...unsent].slice(-LONGEST);
    });
  }

  const now = () => new Date().toISOString();
  return {
    /** The loader tells its whole trail at each start, so most of it is known. */
    pages: (pages: readonly VisitedPage[]) =>
      add(pages.map(({ url, title, at }) => ({ kind: 'page', url, title, at }))),
    searched: (query: string) => add([{ kind: 'search', query, at: now() }]),
    read: (slug: string, title: string) => add([{ kind: 'article', slug, title, at: now() }]),
    items: () => items,
  };
}

/** The server refuses what is too long instead of cutting it. */
function shortened({ title, url, query, ...item }: TrailItem): TrailItem {
  return {
    ...item,
    ...(title ? { title: title.slice(0, 200) } : {}),
    ...(url ? { url: url.slice(0, 500) } : {}),
    ...(query ? { query: query.slice(0, 200) } : {}),
  };
}

const AGAIN_MS = 60_000;

/** The same page at the same moment, or the same search or answer within a minute. */
function isSame(known: TrailItem, item: TrailItem): boolean {
  if (known.kind !== item.kind || known.url !== item.url) return false;
  if (item.kind === 'page') return known.at === item.at;
  const near = Date.parse(item.at) - Date.parse(known.at) < AGAIN_MS;
  return near && known.query === item.query && known.slug === item.slug;
}
