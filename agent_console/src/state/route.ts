import { createLeaving } from './leaving';
import { createStore } from './store';

export type WorkPlace = 'mine' | 'queue' | 'closed' | 'all';
export type Route =
  /** `filters` as `state/filters.ts` writes them. */
  | { page: 'work'; view: WorkPlace; conversation_id: string | null; filters?: string | undefined }
  | { page: 'people'; contact_id: string | null }
  | { page: 'mails'; mail_id: string | null }
  | { page: 'mentions' }
  | { page: 'callbacks' }
  /** `site` is a site's key; none is the first one. */
  | { page: 'board'; site: string | null }
  /** `site` is a site's key; sections about oneself have none. */
  | { page: 'settings'; section: string | null; site: string | null; item: string | null };

const BASE = '/console';

type Part = string | null;

const decoded = (part: string | undefined): Part => (part === undefined ? null : decodeURIComponent(part));

export function parsePath(pathname: string, search = ''): Route {
  const filters = search.length > 1 ? { filters: search.slice(1) } : {};
  const [first = '', ...rest] = pathname.slice(BASE.length).split('/').filter(Boolean);
  const [id, third, fourth] = [0, 1, 2].map((at) => decoded(rest[at])) as [Part, Part, Part];
  switch (first) {
    case 'mentions':
      return { page: 'mentions' };
    case 'callbacks':
      return { page: 'callbacks' };
    case 'board':
      return { page: 'board', site: id };
    case 'mails':
      return { page: 'mails', mail_id: id };
    case 'settings':
      return { page: 'settings', section: id, site: third, item: fourth };
    case 'people':
      return { page: 'people', contact_id: id };
    case 'queue':
    case 'closed':
    case 'all':
      return { page: 'work', view: first, conversation_id: id, ...filters };
    default:
      return { page: 'work', view: 'mine', conversation_id: id, ...filters };
  }
}

export function pathOf(route: Route): string {
  const path = [
    BASE,
    ...partsOf(route)
      .filter((part) => part !== null)
      .map(encodeURIComponent),
  ].join('/');
  return route.page === 'work' && route.filters ? `${path}?${route.filters}` : path;
}

function partsOf(route: Route): Part[] {
  switch (route.page) {
    case 'work':
      return [route.view, route.conversation_id];
    case 'mentions':
      return ['mentions'];
    case 'callbacks':
      return ['callbacks'];
    case 'board':
      return ['board', route.site];
    case 'mails':
      return ['mails', route.mail_id];
    case 'people':
      return ['people', route.contact_id];
    case 'settings':
      return ['settings', route.section, route.site, route.item];
  }
}

/** The address bar is the console's place; the back button goes back one step. */
export function createRouter() {
  const route = createStore<Route>(parsePath(location.pathname, location.search));
  const leaving = createLeaving();
  function move(next: Route): void {
    const path = pathOf(next);
    if (path === location.pathname + location.search) return;
    history.pushState(null, '', path);
    route.set(next);
  }
  window.addEventListener('popstate', () => {
    const next = parsePath(location.pathname, location.search);
    if (!leaving.isHeld()) return route.set(next);
    // The address has moved already: it goes back to what is shown until the person has said so.
    history.pushState(null, '', pathOf(route.get()));
    leaving.leave(() => move(next));
  });
  return {
    route,
    leaving,
    /** Whoever has typed something and not saved it is asked first. */
    go: (next: Route): void => leaving.leave(() => move(next)),
    /** Without asking: what was typed is saved, or was thrown away on purpose. */
    move,
  };
}

export type Router = ReturnType<typeof createRouter>;

export function openConversationId(route: Route): string | null {
  return route.page === 'work' ? route.conversation_id : null;
}
