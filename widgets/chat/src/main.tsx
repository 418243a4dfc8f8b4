import { render } from 'preact';
import './styles/index.css';
import { createEngine } from './engine/engine';
import { connectHost, frameSettings } from './frame/host';
import { chooseKeeper, tabNote } from './frame/keeper';
import { placeKey } from './frame/window';
import { startState, type Route } from './state/state';
import { createStore } from './state/store';
import { loadTexts, speakable } from './texts';
import { ChatApp } from './views/app';

const settings = frameSettings();
const host = connectHost(settings.origins);

async function start(): Promise<void> {
  const keeper = await chooseKeeper(host);
  const place = tabNote(placeKey(settings.site));
  const locale = speakable(navigator.languages, settings.languages) ?? document.documentElement.lang;
  await loadTexts(locale);

  const store = createStore(
    startState({ locale, ...placeIn(keeper.read(placeKey(settings.site)) ?? place.get()) }),
  );
  const engine = createEngine(settings.site, keeper, host, store);
  store.subscribe(({ route, back }, before) => {
    if (route !== before.route) place.set(JSON.stringify({ route, back }));
  });

  const root = document.getElementById('root') ?? document.body.appendChild(document.createElement('div'));
  render(<ChatApp store={store} engine={engine} standsAlone={host.standsAlone} />, root);
  engine.begin();
  host.say({ type: 'ready' });
}

/** Where the visitor was in this tab before the host page changed. */
function placeIn(text: string | null): { route?: Route; back?: Route[] } {
  try {
    return text === null ? {} : (JSON.parse(text) as { route: Route; back: Route[] });
  } catch {
    return {};
  }
}

start().catch(() => host.say({ type: 'error', code: 'start_failed' }));
