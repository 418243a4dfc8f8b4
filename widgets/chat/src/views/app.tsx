import { useEffect, useState } from 'preact/hooks';
import { accentTokens } from '../accent';
import type { Engine } from '../engine/engine';
import type { Route } from '../state/state';
import type { Store } from '../state/store';
import { directionOfTexts, loadTexts, localeOfTexts, textsFor } from '../texts';
import { AppContext, type App } from '../ui/context';
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

export function ChatApp({ store, engine, standsAlone }: AppProps) {
  const [state, setState] = useState(store.state());
  const [texts, setTexts] = useState(() => textsFor(state.locale));
  useEffect(() => store.subscribe(setState), [store]);

  useEffect(() => {
    void loadTexts(state.locale).then(() => {
      document.documentElement.lang = localeOfTexts(state.locale);
      document.documentElement.dir = directionOfTexts(state.locale);
      setTexts(textsFor(state.locale));
    });
  }, [state.locale]);

  useAccent(state.look.accent ?? (state.home.status === 'ready' ? state.home.value.accent : null));
  useEscape(engine);
  /** The site's own words, which may be in another language than ours. */
  const home = state.home.status === 'ready' ? state.home.value : null;
  const spoken: App['spoken'] = (key) => (home?.texts[key] ? { lang: home.texts_locale, dir: 'auto' } : {});

  return (
    <AppContext.Provider value={{ state, engine, texts: { ...texts, ...home?.texts }, spoken, standsAlone }}>
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
