import {
  createOutbox,
  createRest,
  isSignedOut,
  newClientId,
  repeating,
  siteDoor,
  Problem,
  type Attachment,
  type CallbackView,
  type DownMessage,
  type Entry,
  type Keeper,
  type NewConversation,
  type Outgoing,
  type SiteDoor,
  type ViewName,
} from '@engage/client';
import type { Host } from '../frame/host';
import { createChatWindow, type ChatWindow } from '../frame/window';
import { totalUnread, runningIn } from '../state/selectors';
import type { Route } from '../state/state';
import type { Store } from '../state/store';
import { raiseAlerts } from './alerts';
import { createFiles, type Files } from './files';
import { createHome } from './home';
import { goLive } from './live';
import { followReading } from './reading';
import { API, createSession, type Session } from './session';
import { createSync } from './sync';
import { keepTrail } from './trail';
import { keepForNewContact, moveDraft, unsaid } from './unsaid';

/** A conversation to be begun; its files are whole, because a part of it may have to go as a message. */
export type ContactForm = Omit<NewConversation, 'trail' | 'locale' | 'attachment_ids'> & {
  attachments: readonly Attachment[];
};

/** Everything the views may ask for. */
export interface Engine {
  site: SiteDoor;
  siteKey: string;
  session: Session;
  files: Files;
  keeper: Keeper;
  draftKey(name: string): string;
  loadHome(): Promise<void>;
  go(route: Route): void;
  back(): void;
  close(): void;
  searched(words: string): void;
  readArticle(slug: string, title: string): void;
  start(conversation: ContactForm): Promise<void>;
  load(id: string): void;
  /** The server's answer about a call-back; its conversation is shown. */
  called(call: CallbackView): Promise<void>;
  older(id: string): Promise<void>;
  send(id: string, text: string, attachments: Attachment[]): void;
  retry(clientId: string): void;
  takeBack(clientId: string): Outgoing | null;
  typing(id: string, on: boolean): void;
  setAtEnd(atEnd: boolean): void;
  end(id: string): Promise<void>;
  rate(id: string, score: number, comment: string): Promise<void>;
  sendTranscript(id: string, email: string): Promise<void>;
  mute(muted: boolean): void;
  widen(wide: boolean): void;
  /** The chat goes into a window of its own, unless the browser blocks it. */
  moveOut(): void;
  window: Pick<ChatWindow, 'show' | 'close'>;
  begin(): void;
}

export function createEngine(site: string, keeper: Keeper, host: Host, store: Store): Engine {
  const key = (name: string) => `engage:${site}:${name}`;
  const { dispatch } = store;

  const session = createSession({ site, keeper, locale: () => store.state().locale, onProblem });
  const sync = createSync(store, session, becomeStranger, (id, into) =>
    moveDraft(keeper, key(`draft:${id}`), key(`draft:${into}`)),
  );
  const alerts = raiseAlerts(store, host);
  const trail = keepTrail(site, keeper, session);
  const reading = followReading(store, session);
  const files = createFiles(session);
  const publicDoor = siteDoor(createRest({ base: API, credentials: 'omit' }), site);
  const outbox = createOutbox<Entry>({
    keeper,
    prefix: key('out:'),
    async send({ conversation_id, client_id, text, attachments }) {
      const attachment_ids = attachments.map(({ id }) => id);
      try {
        return await session.door.send(conversation_id, { client_id, text, attachment_ids });
      } catch (failure) {
        if (isSignedOut(failure)) void sync.all();
        throw failure;
      }
    },
    onChange: (rows) => dispatch({ type: 'outbox_changed', rows }),
    onStored: (entry) => accept(entry.conversation_id, entry),
  });
  const live = goLive({
    store,
    session,
    sync,
    onEntry(id, entry) {
      if (entry.client_id !== null) outbox.settle(entry.client_id);
      alerts.arrived(id, entry);
    },
    onOnline: outbox.wake,
  });

  function onProblem(problem: Problem): void {
    if (problem.isUnreachable) live.suspect();
  }

  /** The server does not know us any more: begin anew, as somebody new. */
  function becomeStranger(): void {
    session.forget();
    const rows = outbox.rows().map((row) => outbox.takeBack(row.client_id));
    keepForNewContact(
      keeper,
      key('draft:contact'),
      rows
        .map((row) => row?.text ?? '')
        .join('\n')
        .trim(),
    );
    dispatch({ type: 'nobody' });
  }

  /** The site's word for him waits until it is needed: a look at a page makes no row on the server. */
  let vouched: string | null = null;
  async function identify(): Promise<void> {
    const jwt = vouched;
    vouched = null;
    if (jwt === null) return;
    try {
      const known = await session.identify(jwt);
      if (known?.wasAnother) becomeNobody();
      if (known) await sync.all();
    } catch (failure) {
      const reason =
        failure instanceof Problem
          ? ((failure.body as { reason?: string } | null)?.reason ?? failure.code)
          : 'failed';
      host.say({ type: 'error', code: `identity_${reason}` });
    }
  }

  /** Nothing of the one before is left, neither on the screen nor waiting to be sent. */
  function becomeNobody(): void {
    outbox.rows().forEach((row) => outbox.takeBack(row.client_id));
    dispatch({ type: 'nobody' });
  }

  function accept(id: string, entry: Entry): void {
    dispatch({ type: 'entry_added', id, entry });
    void sync.gap(id);
  }

  function hear(message: DownMessage): void {
    switch (message.type) {
      case 'open':
        return opened(message.view, message.quiet);
      case 'close':
        return dispatch({ type: 'closed' });
      case 'identity':
        vouched = message.jwt;
        if (store.state().open || session.token() !== null) void identify();
        return;
      case 'left':
        becomeNobody();
        return session.leave();
      case 'page':
        return trail.pages([message.page]);
      case 'trail':
        return trail.pages(message.items);
      case 'locale':
        dispatch({ type: 'locale_changed', locale: message.locale });
        return void loadHome();
      case 'look':
        return dispatch({ type: 'look_changed', look: message.look });
    }
  }

  function opened(view: ViewName | null, quiet = false): void {
    const route = routeFor(view);
    if (route) dispatch({ type: 'went', route });
    if (view?.startsWith('search:')) dispatch({ type: 'asked', words: view.slice('search:'.length) });
    dispatch({ type: 'opened', quiet });
    void identify();
    if (store.state().home.status !== 'ready') void loadHome();
  }

  function routeFor(view: ViewName | null): Route | null {
    const running = runningIn(store.state())[0];
    if (view === null) {
      const unread = totalUnread(store.state()) > 0;
      return unread && running && store.state().route.view === 'home'
        ? conversationRoute(running.summary.id)
        : null;
    }
    if (view.startsWith('article:')) return { view: 'article', slug: view.slice('article:'.length) };
    switch (view) {
      case 'contact':
        return { view: 'contact', channel: 'webchat' };
      case 'callback':
        return { view: 'call', from: null };
      case 'messages':
        return { view: 'messages' };
      case 'chat':
        return running ? conversationRoute(running.summary.id) : { view: 'contact', channel: 'webchat' };
      case 'conversation':
        return running ? conversationRoute(running.summary.id) : null;
      default:
        return { view: 'home' };
    }
  }

  const askHome = createHome(store, publicDoor.home);
  async function loadHome(): Promise<void> {
    if (await askHome()) void sync.calls();
  }

  const chatWindow = createChatWindow({
    site,
    keeper,
    place: () => JSON.stringify({ route: store.state().route, back: store.state().back }),
    greet: () => [
      { type: 'locale', locale: store.state().locale },
      { type: 'look', look: store.state().look },
    ],
    closed() {
      dispatch({ type: 'moved_back' });
      void sync.all();
      host.say({ type: 'open' });
    },
  });

  function moveOut(): void {
    if (!chatWindow.open()) return;
    dispatch({ type: 'moved_out' });
    host.say({ type: 'close' });
  }

  host.onMessage(hear);
  session.onOtherTab(() => {
    dispatch({ type: 'nobody' });
    void sync.all();
  });
  store.subscribe(live.check);

  return {
    site: publicDoor,
    siteKey: site,
    session,
    files,
    keeper,
    draftKey: (name) => key(`draft:${name}`),
    loadHome,
    go: (route) => dispatch({ type: 'went', route }),
    back: () => dispatch({ type: 'went_back' }),
    close: () => host.say({ type: 'close' }),
    searched: trail.searched,
    readArticle: trail.read,
    async start({ attachments, ...form }) {
      const attachment_ids = attachments.map(({ id }) => id);
      const whole = { ...form, attachment_ids, trail: trail.items(), locale: store.state().locale };
      const view = await session.run(() => repeating(() => session.door.start(whole)));
      dispatch({ type: 'conversation_loaded', view });
      const rest = unsaid(view.entries, form.text ?? '', attachments);
      if (rest) outbox.add({ client_id: newClientId(), conversation_id: view.id, ...rest });
      dispatch({ type: 'went', route: conversationRoute(view.id) });
    },
    load: (id) => void sync.conversation(id),
    async called(call) {
      await sync.conversation(call.conversation_id);
      dispatch({ type: 'call_changed', call });
      dispatch({ type: 'went', route: conversationRoute(call.conversation_id) });
    },
    older: sync.older,
    send(id, text, attachments) {
      dispatch({ type: 'wrote', id });
      live.typing(id, false);
      outbox.add({ client_id: newClientId(), conversation_id: id, text, attachments });
    },
    retry: outbox.retry,
    takeBack: outbox.takeBack,
    typing: live.typing,
    setAtEnd: reading.setAtEnd,
    end: (id) => session.door.end(id),
    async rate(id, score, comment) {
      await session.door.rate(id, score, comment);
      dispatch({ type: 'rated', summary: { id, rating: score } });
    },
    sendTranscript: (id, email) => session.door.sendTranscript(id, email),
    mute(muted) {
      keeper.write(key('muted'), muted ? '1' : '');
      dispatch({ type: 'muted', muted });
    },
    widen: (wide) => host.say({ type: 'resize', wide }),
    moveOut,
    window: chatWindow,
    begin() {
      dispatch({ type: 'outbox_changed', rows: outbox.rows() });
      dispatch({ type: 'muted', muted: keeper.read(key('muted')) === '1' });
      void sync.all();
      if (host.standsAlone && !host.isWindow) opened(null);
      else void loadHome();
    },
  };
}

function conversationRoute(id: string): Route {
  return { view: 'conversation', id };
}
