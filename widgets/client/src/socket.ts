import { io, type Socket } from 'socket.io-client';
import { reconnectDelay, type Random } from './backoff';

/** `reconnecting` promises a return by itself; `offline` means the device or the server has been away for long. */
export type LineState = 'online' | 'reconnecting' | 'offline';

export interface LineConfig<Down extends object> {
  /** Empty for the page's own host. */
  host: string;
  namespace: '/visitor' | '/agent';
  /** Asked at every connect: tokens change and tickets are good for one. */
  auth: () => Promise<Record<string, string>>;
  on: { [Name in keyof Down]?: (payload: Down[Name]) => void };
  onState: (state: LineState) => void;
  /** Ask for what was missed: after every connect, and after the device woke up. */
  onSync: () => void;
  /** The server did not know us. The line tries again; whoever learns that it is true closes it. */
  onNotAdmitted?: () => void;
  random?: Random;
}

export interface Line<Up extends object> {
  open(): void;
  close(): void;
  /** A request failed: the line is probably dead as well, do not wait for the watchdog. */
  suspect(): void;
  /** Dropped when the line is down: signals are not worth a queue. */
  signal<Name extends keyof Up & string>(name: Name, payload: Up[Name]): void;
  /** Whether the server took it; false at once while the line is down. */
  ask<Name extends keyof Up & string>(name: Name, payload: Up[Name]): Promise<boolean>;
  state(): LineState;
}

const SILENCE_MS = 30_000;
const TICK_MS = 5_000;
/** Timers stand still while a device sleeps; a tick this late means it just woke up. */
const SLEPT_MS = 15_000;
const OFFLINE_AFTER_ATTEMPTS = 4;
const ANSWER_MS = 5_000;

export function createLine<Down extends object, Up extends object>(config: LineConfig<Down>): Line<Up> {
  const random = config.random ?? Math.random;
  let wanted = false;
  let state: LineState = 'reconnecting';
  let attempt = 0;
  let heardAt = 0;
  let tickedAt = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let tickTimer: ReturnType<typeof setInterval> | undefined;

  const socket: Socket = io(config.host + config.namespace, {
    path: '/socket.io',
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    // Ours keeps away longer and at random; the library's would start all clients in the same second.
    reconnection: false,
    autoConnect: false,
    timeout: 10_000,
    auth: (give) => {
      config.auth().then(give, () => fail());
    },
  });

  function show(next: LineState): void {
    if (next === state) return;
    state = next;
    config.onState(next);
  }

  function fail(): void {
    if (!wanted) return;
    socket.disconnect();
    const gone = !navigator.onLine || attempt >= OFFLINE_AFTER_ATTEMPTS;
    show(gone ? 'offline' : 'reconnecting');
    again(reconnectDelay(attempt, random));
    attempt += 1;
  }

  function again(delay: number): void {
    clearTimeout(retryTimer);
    retryTimer = setTimeout(connect, delay);
  }

  function connect(): void {
    clearTimeout(retryTimer);
    if (wanted && !socket.connected) socket.connect();
  }

  const heard = () => {
    heardAt = Date.now();
  };

  socket.on('connect', () => {
    attempt = 0;
    heard();
    show('online');
    config.onSync();
  });
  socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
    fail();
    // Every other refusal is the server's own trouble, and passes.
    if (error.data?.code === 'not_admitted') config.onNotAdmitted?.();
  });
  socket.on('disconnect', (reason) => {
    if (reason !== 'io client disconnect') fail();
  });
  socket.on('going_away', ({ within_seconds }: { within_seconds: number }) => {
    setTimeout(
      () => {
        socket.disconnect();
        connect();
      },
      random() * within_seconds * 1000,
    );
  });
  socket.onAny(heard);
  socket.io.on('ping', heard);
  for (const [name, listener] of Object.entries(config.on) as [string, (payload: unknown) => void][]) {
    socket.on(name, listener);
  }

  function tick(): void {
    const now = Date.now();
    const slept = now - tickedAt > SLEPT_MS;
    tickedAt = now;
    if (socket.connected && now - heardAt > SILENCE_MS) fail();
    else if (slept) wake();
  }

  function wake(): void {
    if (!wanted) return;
    attempt = 0;
    if (!socket.connected) return connect();
    config.onSync();
  }

  const shown = () => {
    if (document.visibilityState === 'visible') wake();
  };
  const wentOffline = () => {
    if (wanted) show('offline');
  };
  const cameOnline = () => {
    if (!wanted) return;
    // The old connection may be of another network: a fresh one is quicker than finding out.
    socket.disconnect();
    show('reconnecting');
    attempt = 0;
    again(random() * 500);
  };

  return {
    open() {
      if (wanted) return;
      wanted = true;
      tickedAt = Date.now();
      tickTimer = setInterval(tick, TICK_MS);
      document.addEventListener('visibilitychange', shown);
      window.addEventListener('online', cameOnline);
      window.addEventListener('offline', wentOffline);
      connect();
    },
    close() {
      wanted = false;
      clearTimeout(retryTimer);
      clearInterval(tickTimer);
      document.removeEventListener('visibilitychange', shown);
      window.removeEventListener('online', cameOnline);
      window.removeEventListener('offline', wentOffline);
      socket.disconnect();
    },
    suspect() {
      if (wanted && socket.connected) fail();
    },
    signal(name, payload) {
      if (socket.connected) socket.volatile.emit(name, payload);
    },
    async ask(name, payload) {
      if (!socket.connected) return false;
      try {
        const answer: unknown = await socket.timeout(ANSWER_MS).emitWithAck(name, payload);
        return (answer as { ok?: boolean } | null)?.ok === true;
      } catch {
        return false;
      }
    },
    state: () => state,
  };
}
