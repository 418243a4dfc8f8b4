import { useState } from 'preact/hooks';
import type { SiteHome, Way } from '@engage/client';
import { newestFirst, runningIn } from '../state/selectors';
import type { Texts } from '../texts';
import { elsewhere, placeOf, upcoming, zonesDiffer } from '../texts/times';
import { useApp } from '../ui/context';
import { Icon, type IconName } from '../ui/icon';
import { CloseButton, Failed, initials, Skeleton } from '../ui/parts';
import { ConversationRow } from './messages';
import { Search } from './search';

export function HomeView() {
  const { state, engine, texts } = useApp();
  const { home } = state;
  return (
    <div class="view home">
      <div class="scroll">
        <header class="hero">
          <div class="hero-top">
            {home.status === 'ready' && (
              <>
                <Brand {...home.value} />
              </>
            )}
            <CloseButton />
          </div>
          {home.status === 'ready' && <Greeting home={home.value} />}
        </header>
        <main class="home-main">
          {home.status === 'loading' && <Skeleton rows={5} />}
          {home.status === 'failed' && (
            <Failed text={texts.homeFailed} onRetry={() => void engine.loadHome()} />
          )}
          {home.status === 'ready' && <Ready home={home.value} />}
        </main>
      </div>
    </div>
  );
}

/** The site's logo, or its name behind the first letter of it. */
function Brand({ name, logo }: Pick<SiteHome, 'name' | 'logo'>) {
  const [broken, setBroken] = useState(false);
  if (logo && !broken)
    return <img class="brand-logo" src={logo} alt={name} onError={() => setBroken(true)} />;
  return (
    <>
      <span class="brand" aria-hidden="true">
        {initials(name).slice(0, 1)}
      </span>
      <span class="brand-name" dir="auto">
        {name}
      </span>
    </>
  );
}

function Greeting({ home }: { home: SiteHome }) {
  const { state, texts } = useApp();
  const name = state.visitor?.name?.split(' ')[0];
  return (
    <h1>
      {name && <span class="hello">{texts.hello(name)}</span>}
      <span dir="auto">{state.look.greeting ?? home.greeting}</span>
    </h1>
  );
}

function Ready({ home }: { home: SiteHome }) {
  const { state, engine, texts, spoken } = useApp();
  const running = runningIn(state);
  const all = newestFirst(state);
  return (
    <>
      {running.length > 0 && (
        <section class="card rows raised" aria-label={texts.continueConversation}>
          {running.slice(0, 2).map((conversation) => (
            <ConversationRow key={conversation.summary.id} conversation={conversation} />
          ))}
        </section>
      )}
      <Search popular={home.popular} />
      <section>
        <h2 {...spoken('contactUs')}>{texts.contactUs}</h2>
        <ul class="card rows">
          {home.ways.map((way) => (
            <li key={way.channel}>
              <WayRow way={way} home={home} />
            </li>
          ))}
          {all.length > 0 && (
            <li>
              <button type="button" class="row" onClick={() => engine.go({ view: 'messages' })}>
                <span class="row-icon">
                  <Icon name="list" />
                </span>
                <span class="row-text">{texts.allMessages}</span>
                <span class="row-note">{all.length}</span>
                <Icon name="forward" size={16} />
              </button>
            </li>
          )}
        </ul>
      </section>
      {home.privacy_url !== null && (
        <footer class="home-foot">
          <a href={home.privacy_url} target="_blank" rel="noopener noreferrer">
            {texts.privacy}
          </a>
        </footer>
      )}
    </>
  );
}

const ICONS: Readonly<Record<string, IconName>> = { webchat: 'chat', email: 'mail', callback: 'phone' };

function WayRow({ way, home }: { way: Way; home: SiteHome }) {
  const { state, engine, texts } = useApp();
  return (
    <button
      type="button"
      class="row"
      onClick={() =>
        engine.go(
          way.channel === 'callback'
            ? { view: 'call', from: null }
            : { view: 'contact', channel: way.open ? way.channel : 'email' },
        )
      }
    >
      <span class="row-icon">
        <Icon name={ICONS[way.channel] ?? 'chat'} />
      </span>
      <span class="row-text">
        <span class="row-title">{texts.ways[way.channel] ?? way.label}</span>
        <span class={`row-line ${way.open ? '' : 'is-closed'}`}>
          {promiseOf(way, home, state.locale, texts)}
        </span>
      </span>
      <Icon name="forward" size={16} />
    </button>
  );
}

/** What we can honestly promise for this way, or when it opens. */
export function promiseOf(way: Way, home: SiteHome, locale: string, texts: Texts): string {
  if (!way.open)
    return home.opens_at === null ? texts.closedNow : texts.opens(openingTime(home, locale, texts));
  if (way.answered_by !== null && way.channel === 'callback')
    return texts.callFrom(upcoming(way.answered_by, locale));
  if (way.answered_by !== null) return texts.answeredBy(upcoming(way.answered_by, locale));
  if (way.expected_wait_seconds === null) return '';
  if (way.channel === 'callback') return texts.callIn(way.expected_wait_seconds);
  return way.expected_wait_seconds < 15 ? texts.waitNow : texts.wait(way.expected_wait_seconds);
}

/** In the visitor's own zone, and in the site's where clocks differ. */
export function openingTime(home: SiteHome, locale: string, texts: Texts): string {
  if (home.opens_at === null) return '';
  const here = upcoming(home.opens_at, locale);
  if (!zonesDiffer(home.opens_at, home.time_zone)) return here;
  const there = elsewhere(home.opens_at, locale, home.time_zone);
  return `${here} (${texts.otherZone(there, placeOf(home.time_zone))})`;
}
