import { useSyncExternalStore } from 'react';

// Deadlines are the server's, and desks' clocks are wrong by minutes: all counting uses this offset.
let offset = 0;

export function learnServerTime(serverTime: string): void {
  offset = Date.parse(serverTime) - Date.now();
}

export function serverNow(): number {
  return Date.now() + offset;
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let tick = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    tick = Math.floor(serverNow() / 1000);
    for (const one of listeners) one();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function secondNow(): number {
  if (tick === 0 || timer === undefined) tick = Math.floor(serverNow() / 1000);
  return tick;
}

/** The server's time in milliseconds, anew each second; one timer serves the whole page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, secondNow) * 1000;
}
