import {
  agentDoor,
  createAgentLine,
  createAgentRest,
  type AgentDoor,
  type AgentEvent,
  type AgentSignals,
  type Workspace,
} from '@engage/client/src/agent';
import {
  createApi,
  localKeeper,
  memoryKeeper,
  type Api,
  type Entry,
  type Keeper,
  type LineState,
} from '@engage/client';
import { createBoardKeeper, type BoardKeeper } from './board_keeper';
import { createBulk, type Bulk } from './bulk';
import { createConversationKeeper, type ConversationKeeper } from './conversation_keeper';
import { createDraftKeeper } from './draft_keeper';
import { createDrafts, type Drafts } from './drafts';
import { createExtras, type Extras } from './extras';
import { wordsFor } from './failure';
import type { Kept } from './kept';
import { createMailKeeper, type MailKeeper } from './mail_keeper';
import { createNotices, type Notices } from './notices';
import { createPostings, type PostingForm } from './postings';
import { createPreferences, type Preferences } from './preferences';
import { createRequests, type Requests } from './requests';
import { createRouter, openConversationId, type Router } from './route';
import { createStore, type Store } from './store';
import { createWatcher } from './watcher';
import { createWorkKeeper, type WorkKeeper } from './work_keeper';

const ALIVE_MS = 10_000;
const TYPING_MS = 3_000;

export type DialogName =
  | 'commands'
  | 'shortcuts'
  | 'transfer'
  | 'consult'
  | 'conference'
  | 'park'
  | 'labels'
  | 'block'
  | 'merge'
  | 'forward'
  | 'what_if'
  | 'spam'
  | 'spam_selected'
  | 'transfer_selected'
  | 'park_selected'
  | 'label_selected'
  | 'end_selected';

/** Everything before sign-in: it outlives a session. */
export interface FrontDoor {
  door: AgentDoor;
  /** Every other route, by its path. */
  api: Api;
  keeper: Keeper;
  preferences: Store<Preferences>;
  router: Router;
  notices: Notices;
  /** Set by whoever must act when a request finds the session gone. */
  onSignedOut: ((how: 'chosen' | 'ended') => void) | null;
  onUnreachable: (() => void) | null;
}

export function createFrontDoor(): FrontDoor {
  const keeper = localKeeper() ?? memoryKeeper();
  const rest = createAgentRest({
    onSignedOut: () => front.onSignedOut?.('ended'),
    onUnreachable: () => front.onUnreachable?.(),
  });
  const front: FrontDoor = {
    door: agentDoor(rest),
    api: createApi(rest),
    keeper,
    preferences: createPreferences(keeper),
    router: createRouter(),
    notices: createNotices(),
    onSignedOut: null,
    onUnreachable: null,
  };
  return front;
}

/** All a signed-in agent works with. Features read its stores and call its verbs. */
export interface Desk extends Pick<FrontDoor, 'door' | 'api' | 'preferences' | 'router' | 'notices'> {
  work: WorkKeeper;
  talk: ConversationKeeper;
  drafts: Drafts;
  /** Files and an article, and how it goes out by mail: beside the words of a draft. */
  extras: Kept<Extras>;
  postings: Kept<PostingForm>;
  /** Mails beside the timeline. */
  mails: MailKeeper;
  /** What is selected in the list, and acts on all of it. */
  bulk: Bulk;
  connection: Store<LineState>;
  dialog: Store<DialogName | null>;
  /** The offer whose agent is asked why he declines it. */
  declining: Store<string | null>;
  requests: Requests;
  /** What a supervisor oversees, while its page is on the screen. */
  board: BoardKeeper;
  /** What the server says, or would say: it confirms or corrects what is shown at once. */
  hear(event: AgentEvent): void;
  /** At most one sign in three seconds goes up. */
  typing(conversationId: string, what: { on: boolean; note: boolean }): void;
  signOut(): Promise<void>;
  close(): void;
}

export function createDesk(front: FrontDoor, snapshot: Workspace): Desk {
  const { door, api, keeper, preferences, router, notices } = front;
  const work = createWorkKeeper(door, notices, snapshot);
  const keeping = createDraftKeeper(api, () => drafts);
  const drafts = createDrafts(keeper, snapshot.me.id, keeping.typed);
  const talk = createConversationKeeper(
    door,
    keeper,
    snapshot.me,
    work.read,
    ({ conversation, draft }, askedAt) => keeping.loaded(conversation.id, draft, askedAt),
    followMerge,
  );
  const mails = createMailKeeper(api);
  const connection = createStore<LineState>('reconnecting');
  let watched: string | null = null;
  let typedAt = 0;

  function hear(event: AgentEvent): void {
    work.hear(event);
    talk.hear(event);
    keeping.hear(event);
    mails.hear(event);
    board.hear(event);
    if (event.type === 'entry_added') acknowledge(event.entry);
    if (event.type === 'mentioned') lookAtMentions();
    if (event.type === 'conversation_merged') followMerge(event.conversation_id, event.into_id);
    if (event.type === 'conversation_renumbered') readAnew(event.conversation_id);
  }

  /** Its entries have other numbers, and some of them are elsewhere. */
  function readAnew(id: string): void {
    talk.forget(id);
    void work.sync();
    if (watched !== id) return;
    void talk.load(id);
    void mails.load(id);
  }

  /** Whoever looks at the one that went looks at the other from now on. */
  function followMerge(gone: string, into: string): void {
    const route = router.route.get();
    if (route.page === 'work' && route.conversation_id === gone)
      router.go({ ...route, conversation_id: into });
    else if (watched === into) void talk.load(into);
    talk.forget(gone);
    void work.sync();
  }

  /** What names me in the conversation before me counts as read. */
  function lookAtMentions(): void {
    if (watched === null || work.store.get().unread_mentions === 0) return;
    if (document.visibilityState !== 'visible') return;
    const path = { conversation_id: watched };
    const route = '/api/v1/agent/conversations/{conversation_id}/mentions/read';
    api.put(route, undefined, { path }).catch(() => undefined);
  }

  const line = createAgentLine({
    door,
    onEvent: hear,
    onState: connection.set,
    onSync: () => {
      void work.sync();
      talk.reconnected();
      keeping.wake();
      board.reconnected();
      void watcher.look(watched);
    },
  });
  const board = createBoardKeeper(api, (signal, payload) =>
    signal === 'watch_board'
      ? line.ask(signal, payload as AgentSignals['watch_board'])
      : line.ask(signal, {}),
  );
  const watcher = createWatcher(
    (id) => line.ask('watch', { conversation_id: id }),
    async (id) => void (await Promise.all([talk.load(id), mails.load(id)])),
  );

  /** The customer sees that his words have arrived, also while nobody reads them; reading tells more by itself. */
  function acknowledge(entry: Entry): void {
    const isRead = entry.conversation_id === watched && document.visibilityState === 'visible';
    if (entry.author.kind !== 'visitor' || isRead) return;
    door.tellDelivered(entry.conversation_id, entry.seq).catch(() => undefined);
  }

  function follow(): void {
    const id = openConversationId(router.route.get());
    if (id === watched) return;
    watched = id;
    talk.open(id);
    lookAtMentions();
    void watcher.look(id);
    if (id === null) void line.ask('unwatch', {});
  }
  const unfollow = router.route.subscribe(follow);
  const alive = setInterval(() => line.signal('alive', {}), ALIVE_MS);
  front.onUnreachable = line.suspect;
  line.open();
  follow();

  function close(): void {
    unfollow();
    clearInterval(alive);
    void watcher.look(null);
    line.close();
    talk.stop();
    keeping.stop();
    mails.stop();
    front.onUnreachable = null;
  }

  return {
    door,
    api,
    preferences,
    router,
    notices,
    work,
    talk,
    drafts,
    extras: createExtras(keeper, snapshot.me.id),
    postings: createPostings(keeper, snapshot.me.id),
    mails,
    bulk: createBulk(api, work.store, notices),
    connection,
    dialog: createStore<DialogName | null>(null),
    declining: createStore<string | null>(null),
    requests: createRequests(),
    board,
    hear,
    typing(conversationId, { on, note }) {
      const now = Date.now();
      if (on && now - typedAt < TYPING_MS) return;
      if (!on && typedAt === 0) return;
      typedAt = on ? now : 0;
      line.signal('typing', { conversation_id: conversationId, on, note });
    },
    async signOut() {
      try {
        await door.signOut();
        front.onSignedOut?.('chosen');
      } catch (failure) {
        notices.say(wordsFor(failure), 'bad');
      }
    },
    close,
  };
}
