import type { ViewName } from '@engage/client';
import { startWidget, type Widget } from './controller';
import { eventHub, type EventName, type Listener } from './events';
import { fetchBootstrap, settingsOfTag, type Overrides, type Settings } from './settings';

/**
 * What a host page may call. Before the script has loaded it may leave calls in an array:
 * `(window.Engage = window.Engage || []).push(['open', 'contact'])`.
 */
export interface EngageApi {
  boot(settings?: Partial<Settings>): void;
  open(view?: ViewName): void;
  close(): void;
  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void;
  off<Name extends EventName>(name: Name, listener: Listener<Name>): void;
  update(overrides: Overrides): void;
  /** Takes everything out of the page; `boot` starts again. */
  shutdown(): void;
  push(call: QueuedCall): void;
}

type QueuedCall = [keyof EngageApi, ...unknown[]];

declare global {
  interface Window {
    Engage?: EngageApi | QueuedCall[];
  }
}

/** Not known to the browser when another script has loaded us as a module. */
const tag = document.currentScript ?? document.querySelector('script[data-site][src*="/widget.js"]');
const fromTag = settingsOfTag(tag as HTMLScriptElement | null);

function createApi(): EngageApi {
  const hub = eventHub();
  let settings: Partial<Settings> = fromTag;
  let widget: Widget | null = null;
  /** Raised by each boot and shutdown, so that an answer to an earlier boot is ignored. */
  let generation = 0;
  let waiting: ((widget: Widget) => void)[] = [];

  const whenStarted = (act: (widget: Widget) => void) => void (widget ? act(widget) : waiting.push(act));

  async function start(mine: number): Promise<void> {
    const { site, host } = settings;
    if (!site || !host) return hub.emit('error', { code: 'no_site' });
    try {
      const bootstrap = await fetchBootstrap({ ...settings, site, host });
      if (mine !== generation) return;
      widget = startWidget({ ...settings, site, host }, bootstrap, hub);
      waiting.forEach((act) => widget && act(widget));
      waiting = [];
    } catch (failure) {
      hub.emit('error', { code: failure instanceof Error ? failure.message : 'unreachable' });
    }
  }

  const api: EngageApi = {
    boot(more = {}) {
      api.shutdown();
      settings = { ...fromTag, ...more };
      void start(generation);
    },
    open: (view) => whenStarted((started) => started.open(view ?? null)),
    close: () => whenStarted((started) => started.close()),
    on: hub.on,
    off: hub.off,
    update(overrides) {
      settings = { ...settings, ...overrides };
      widget?.update(overrides);
    },
    shutdown() {
      generation += 1;
      widget?.shutdown();
      widget = null;
    },
    push([name, ...values]) {
      const method = api[name] as (...values: unknown[]) => unknown;
      method(...values);
    },
  };
  return api;
}

/** A page that loads the script twice keeps the first widget. */
if (!window.Engage || Array.isArray(window.Engage)) {
  const queued = window.Engage ?? [];
  const api = createApi();
  window.Engage = api;
  queued.forEach((call) => api.push(call));
  if (fromTag.site && !queued.some(([name]) => name === 'boot')) api.boot();
}
