import type { EngageApi } from '../engage';
import { startWidget, type Widget } from './controller';
import { eventHub } from './events';
import { note } from './memory';
import { fetchBootstrap, settingsOfTag, type Settings } from './settings';

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

  const missing = () => hub.emit('error', { code: 'not_available_here' });
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

  function stop(): void {
    generation += 1;
    widget?.remove();
    widget = null;
  }

  const api: EngageApi = {
    boot(more = {}) {
      stop();
      settings = { ...fromTag, ...more };
      void start(generation);
    },
    open: (view) => whenStarted((started) => started.open(view ?? null)),
    close: () => whenStarted((started) => started.close()),
    identify: (jwt) => whenStarted((started) => started.identify(jwt)),
    startChat: () => api.open('chat'),
    search: (words) => api.open(`search:${words}`),
    requestCallback: () => api.open('callback'),
    startCall: missing,
    startCobrowse: missing,
    on: hub.on,
    off: hub.off,
    update(overrides) {
      settings = { ...settings, ...overrides };
      widget?.update(overrides);
    },
    shutdown() {
      // The frame may not be there to forget; the next one will read this first.
      note('localStorage', `engage:${settings.site}:left`, false).set(true);
      widget?.leave();
      waiting = [];
      stop();
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
  // Before what was called early, or an early `update` would be undone by the start.
  if (fromTag.site && !queued.some(([name]) => name === 'boot')) api.boot();
  queued.forEach((call) => api.push(call));
}
