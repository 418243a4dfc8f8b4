import { createStore } from './store';

export type WorkPlace = 'mine' | 'queue' | 'closed';
export type Route =
  | { page: 'work'; view: WorkPlace; conversation_id: string | null }
  | { page: 'mails'; mail_id: string | null };

const BASE = '/console';

export function parsePath(pathname: string): Route {
  const [first = '', second = ''] = pathname.slice(BASE.length).split('/').filter(Boolean);
  const id = second === '' ? null : decodeURIComponent(second);
  switch (first) {
    case 'mails':
      return { page: 'mails', mail_id: id };
    case 'queue':
    case 'closed':
      return { page: 'work', view: first, conversation_id: id };
    default:
      return { page: 'work', view: 'mine', conversation_id: id };
  }
}

export function pathOf(route: Route): string {
  const id = route.page === 'work' ? route.conversation_id : route.mail_id;
  const place = route.page === 'work' ? route.view : 'mails';
  return `${BASE}/${place}${id === null ? '' : `/${encodeURIComponent(id)}`}`;
}

/** The address bar is the console's place; the back button goes back one step. */
export function createRouter() {
  const route = createStore<Route>(parsePath(location.pathname));
  window.addEventListener('popstate', () => route.set(parsePath(location.pathname)));
  return {
    route,
    go(next: Route): void {
      const path = pathOf(next);
      if (path === location.pathname) return;
      history.pushState(null, '', path);
      route.set(next);
    },
  };
}

export type Router = ReturnType<typeof createRouter>;

export function openConversationId(route: Route): string | null {
  return route.page === 'work' ? route.conversation_id : null;
}
