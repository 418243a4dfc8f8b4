import type { HostPage, VisitedPage } from '@engage/client';

const LONGEST = 30;

/**
 * An address without what may be secret in it: no query, no credentials, and a fragment only where it is a
 * single-page application's route.
 */
export function plainUrl(href: string): string {
  const url = new URL(href);
  const route = /^#!?\//.test(url.hash) ? (url.hash.split('?')[0] ?? '') : '';
  return url.origin + url.pathname + route;
}

export function visited(trail: readonly VisitedPage[], page: HostPage, at: string): VisitedPage[] {
  const last = trail.at(-1);
  const same = last?.url === page.url;
  const before = same ? trail.slice(0, -1) : trail;
  return [...before, { ...page, at: same ? last.at : at }].slice(-LONGEST);
}

export function currentPage(): HostPage {
  return { url: plainUrl(location.href), title: document.title.slice(0, 200) };
}

interface NavigationApi extends EventTarget {}

/** Time for a single-page application to set its new title. */
const TITLE_MS = 400;

/** Calls back after each navigation inside the page; returns how to stop. */
export function followNavigation(moved: () => void): () => void {
  let timer = 0;
  const soon = () => {
    clearTimeout(timer);
    timer = window.setTimeout(moved, TITLE_MS);
  };
  const navigation = (window as { navigation?: NavigationApi }).navigation;
  const stop = navigation ? listen(navigation, 'currententrychange', soon) : patchHistory(soon);
  return () => {
    clearTimeout(timer);
    stop();
  };
}

function listen(target: EventTarget, type: string, heard: () => void): () => void {
  target.addEventListener(type, heard);
  return () => target.removeEventListener(type, heard);
}

/** For browsers without the Navigation API. Others patch history too: ours is only taken out if it is still on top. */
function patchHistory(moved: () => void): () => void {
  let on = true;
  const restore = (['pushState', 'replaceState'] as const).map((name) => {
    const original = history[name];
    const ours: typeof original = function (this: History, ...state) {
      original.apply(this, state);
      if (on) moved();
    };
    history[name] = ours;
    return () => {
      if (history[name] === ours) history[name] = original;
    };
  });
  const stops = [listen(window, 'popstate', moved), listen(window, 'hashchange', moved)];
  return () => {
    on = false;
    [...restore, ...stops].forEach((undo) => undo());
  };
}
