import type { Keeper, TrailItem } from '@engage/client';
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

  function add(item: TrailItem): void {
    const short = shortened(item);
    if (isSame(items.at(-1), short)) return;
    items = [...items, short].slice(-LONGEST);
    keeper.write(key, JSON.stringify(items));
    if (session.token() === null) return;
    unsent = [...unsent, short].slice(-LONGEST);
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

  return {
    page: (url: string, title: string, at = new Date().toISOString()) =>
      add({ kind: 'page', url, title, at }),
    searched: (query: string) => add({ kind: 'search', query, at: new Date().toISOString() }),
    read: (slug: string, title: string) =>
      add({ kind: 'article', slug, title, at: new Date().toISOString() }),
    items: () => items,
  };
}

/** The server refuses what is too long instead of cutting it. */
function shortened(item: TrailItem): TrailItem {
  return {
    ...item,
    ...(item.title === undefined ? {} : { title: item.title.slice(0, 200) }),
    ...(item.url === undefined ? {} : { url: item.url.slice(0, 500) }),
    ...(item.query === undefined ? {} : { query: item.query.slice(0, 200) }),
  };
}

function isSame(one: TrailItem | undefined, other: TrailItem): boolean {
  return (
    one !== undefined &&
    one.kind === other.kind &&
    one.url === other.url &&
    one.query === other.query &&
    one.slug === other.slug
  );
}
