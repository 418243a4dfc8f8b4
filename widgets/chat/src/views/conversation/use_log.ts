import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../../ui/context';

const AT_END_PX = 48;
const NEAR_TOP_PX = 160;
/** A smooth way longer than this only makes people wait. */
const FAR_PX = 3_000;

export interface Log {
  box: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  atEnd: boolean;
  loadingOlder: boolean;
  onScroll: () => void;
  toEnd: (smooth: boolean) => void;
}

interface LogConfig {
  /** The first row's number: it changes when older entries were put before it. */
  first: number;
  more: boolean;
  loadOlder: () => Promise<void>;
}

/** Keeps the reader where he is: at the end if he was there, else at the same words. */
export function useLog({ first, more, loadOlder }: LogConfig): Log {
  const { state, engine } = useApp();
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const [loadingOlder, setLoadingOlder] = useState(false);
  const place = useRef({ atEnd: true, fromBottom: 0, first });

  function note(): void {
    const log = box.current;
    if (!log) return;
    const fromBottom = log.scrollHeight - log.scrollTop - log.clientHeight;
    place.current.fromBottom = log.scrollHeight - log.scrollTop;
    place.current.atEnd = fromBottom < AT_END_PX;
    setAtEnd(place.current.atEnd);
    engine.setAtEnd(place.current.atEnd);
  }

  function toEnd(smooth: boolean): void {
    const log = box.current;
    if (!log) return;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const far = log.scrollHeight - log.scrollTop > FAR_PX;
    log.scrollTo({ top: log.scrollHeight, behavior: smooth && !calm && !far ? 'smooth' : 'instant' });
    if (!smooth) note();
  }

  function onScroll(): void {
    note();
    const log = box.current;
    if (!log || log.scrollTop > NEAR_TOP_PX || !more || loadingOlder) return;
    setLoadingOlder(true);
    // When it fails, the next scroll asks again.
    loadOlder()
      .catch(() => {})
      .finally(() => setLoadingOlder(false));
  }

  useLayoutEffect(() => {
    const log = box.current;
    if (!log) return;
    if (first !== place.current.first) {
      if (!place.current.atEnd) log.scrollTop = log.scrollHeight - place.current.fromBottom;
      place.current.first = first;
    }
    if (place.current.atEnd) log.scrollTop = log.scrollHeight;
  });

  useLayoutEffect(() => {
    if (!state.open) return;
    place.current.atEnd = true;
    toEnd(false);
    const divider = box.current?.querySelector<HTMLElement>('.unread-divider');
    if (divider && box.current && divider.offsetTop < box.current.scrollTop) {
      box.current.scrollTop = divider.offsetTop - 24;
      note();
    }
  }, [state.open, first > 0]);

  useEffect(() => {
    const watcher = new ResizeObserver(() => {
      if (place.current.atEnd && box.current) box.current.scrollTop = box.current.scrollHeight;
    });
    if (box.current) watcher.observe(box.current);
    if (content.current) watcher.observe(content.current);
    return () => watcher.disconnect();
  }, []);

  return { box, content, atEnd, loadingOlder, onScroll, toEnd };
}
