import { useEffect, useState } from 'preact/hooks';
import { accentTokens } from '../accent';
import type { Engine } from '../engine/engine';
import type { Route } from '../state/state';
import type { Store } from '../state/store';
import { directionOf, loadTexts, textsFor } from '../texts';
import { AppContext } from '../ui/context';
import { ArticleView } from './article';
import { CallView } from './call_view';
import { ContactView } from './contact';
import { ConversationView } from './conversation';
import { ElsewhereView } from './elsewhere';
import { HomeView } from './home';
import { MessagesView } from './messages';

interface AppProps {
  store: Store;
  engine: Engine;
  standsAlone: boolean;
}

export function App({ store, engine, standsAlone }: AppProps) {
  const [state, setState] = useState(store.state());
  const [texts, setTexts] = useState(() => textsFor(state.locale));
  useEffect(() => store.subscribe(setState), [store]);

  useEffect(() => {
    document.documentElement.lang = state.locale;
    document.documentElement.dir = directionOf(state.locale);
    void loadTexts(state.locale).then(() => setTexts(textsFor(state.locale)));
  }, [state.locale]);

  useAccent(state.look.accent ?? (state.home.status === 'ready' ? state.home.value.accent : null));
  useEscape(engine);
  /** The site's own words. */
  const own = state.home.status === 'ready' ? state.home.value.texts : null;

  return (
    <AppContext.Provider value={{ state, engine, texts: { ...texts, ...own }, standsAlone }}>
      {state.elsewhere ? <ElsewhereView /> : <View route={state.route} />}
    </AppContext.Provider>
  );
}

function View({ route }: { route: Route }) {
  switch (route.view) {
    case 'home':
      return <HomeView />;
    case 'messages':
      return <MessagesView />;
    case 'article':
      return <ArticleView key={route.slug} slug={route.slug} />;
    case 'contact':
      return <ContactView key={route.channel} channel={route.channel} />;
    case 'call':
      return <CallView key={route.from ?? ''} from={route.from} />;
    case 'conversation':
      return <ConversationView key={route.id} id={route.id} />;
  }
}

function useAccent(accent: string | null): void {
  useEffect(() => {
    if (accent === null) return;
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const dress = () => {
      for (const [name, value] of Object.entries(accentTokens(accent, dark.matches))) {
        document.documentElement.style.setProperty(name, value);
      }
    };
    dress();
    dark.addEventListener('change', dress);
    return () => dark.removeEventListener('change', dress);
  }, [accent]);
}

/** Esc closes the panel, unless something inside it has used it to close itself. */
function useEscape(engine: Engine): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) engine.close();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [engine]);
}
