import type {
  AgentDoor,
  AgentEvent,
  Offer,
  Presence,
  PresenceName,
  PresenceReason,
  TransferTarget,
  WorkItem,
  Workspace,
} from '@engage/client/src/agent';
import { learnServerTime, serverNow } from './clock';
import { wordsFor } from './failure';
import type { Notices } from './notices';
import { createStore } from './store';
import { texts } from '../texts';
import {
  foldWorkspace,
  fromSnapshot,
  highest,
  partOf,
  withItem,
  withoutOffer,
  withRead,
  type WorkspaceState,
} from './workspace';

/** A beacon may overtake the event it announces; only a gap that lasts is worth a snapshot. */
const BEACON_GRACE_MS = 600;
/** Snapshots in a row that events overtook; after these the events alone have told everything. */
const MOST_TRIES = 5;

type Guess = (state: WorkspaceState) => WorkspaceState;

/** What rang here before the line was gone, accepted itself meanwhile, and is on the desk now. */
function openedMeanwhile({ mine }: Workspace, before: WorkspaceState): WorkItem | null {
  const rang = before.offers.filter((offer) => offer.accepts_at !== null).map(({ engagement }) => engagement);
  const awaited = new Set([before.opens_next, ...rang.map((item) => item.engagement_id)]);
  return mine.find((item) => item.state === 'active' && awaited.has(item.engagement_id)) ?? before.last_opened;
}

export function createWorkKeeper(door: AgentDoor, notices: Notices, snapshot: Workspace) {
  learnServerTime(snapshot.server_time);
  const store = createStore<WorkspaceState>(fromSnapshot(snapshot));
  let syncing: Promise<void> | null = null;
  /** The highest numbers that the beacon has told. */
  let told: WorkspaceState['heard'] = {};
  /** What is shown although the server has not answered yet: its snapshots know nothing of it. */
  const guesses = new Set<Guess>();
  let answered = 0;
  /** How often we heard that there are other things to choose from: only a snapshot asked for later has them. */
  let choicesChanged = 0;

  async function fetchSnapshot(): Promise<void> {
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      // What was known before the question is in the answer; of what came later the beacon will tell.
      const before = { ...store.get(), answered, choicesChanged };
      const heard = highest(before.heard, told);
      const fresh = await door.workspace();
      learnServerTime(fresh.server_time);
      const { work_seq, heard: after } = store.get();
      // It would bring back an offer that was taken meanwhile, and no event would come to end it once more.
      const isOvertaken = work_seq > Math.max(before.work_seq, fresh.work_seq) || answered > before.answered;
      const isOutdated = choicesChanged > before.choicesChanged;
      if (isOvertaken || isOutdated || (after !== before.heard && tries === 1)) continue;
      const state = { ...fromSnapshot(fresh, heard), last_opened: openedMeanwhile(fresh, store.get()) };
      store.set([...guesses].reduce((next, guess) => guess(next), state));
      return;
    }
  }

  function sync(): Promise<void> {
    syncing ??= fetchSnapshot()
      .catch(() => undefined) // The next beacon or connection asks again.
      .finally(() => {
        syncing = null;
      });
    return syncing;
  }

  /** Parked work that comes back by itself; what the agent takes back himself is active here already. */
  function tellReturn(item: WorkItem): void {
    const before = store.get().mine.find((one) => one.engagement_id === item.engagement_id);
    if (before?.state !== 'parked' || item.state !== 'active') return;
    if (item.agent?.id === store.get().me.id)
      notices.say(texts.desk.returned(item.visitor.name || texts.nobody));
  }

  /** A supervisor set it: whoever is meant hears it at once. */
  function tellWhoSet({ presence, set_by, since }: Presence): void {
    const { presence: known } = store.get();
    if (set_by === null || (known.presence === presence && known.since === since)) return;
    notices.say(texts.board.told(set_by, texts.presence.names[presence]));
  }

  /** Somebody whom I advised, or sat in with, goes on without me. */
  function tellPartOver(item: WorkItem): void {
    const before = store.get().mine.find((one) => one.engagement_id === item.engagement_id);
    if (!before || partOf(before, store.get().me.id) === null) return;
    notices.say(texts.parties.over(item.visitor.name || texts.nobody));
  }

  function hear(event: AgentEvent): void {
    if (event.type === 'work_changed') {
      tellReturn(event.item);
      if (event.removed) tellPartOver(event.item);
    }
    if (event.type === 'choices_changed') choicesChanged += 1;
    if (event.type === 'presence_changed') tellWhoSet(event.presence);
    const { state, gap } = foldWorkspace(store.get(), event);
    store.set(state);
    if (event.type === 'heads') told = highest(told, event.heads);
    if (!gap) return;
    if (event.type !== 'agent_head' && event.type !== 'heads') return void sync();
    setTimeout(() => {
      if (foldWorkspace(store.get(), event).gap) void sync();
    }, BEACON_GRACE_MS);
  }

  /** Shows the result at once; if the server refuses, its snapshot puts things right. */
  async function attempt<T>(guess: Guess, run: () => Promise<T>): Promise<T | null> {
    guesses.add(guess);
    store.update(guess);
    try {
      return await run().finally(() => {
        guesses.delete(guess);
        answered += 1;
      });
    } catch (failure) {
      notices.say(wordsFor(failure), 'bad');
      await sync();
      return null;
    }
  }

  function settled(item: WorkItem | null): boolean {
    if (item) store.update((state) => withItem(state, item));
    return item !== null;
  }

  const now = () => new Date(serverNow()).toISOString();
  const asMine = (item: WorkItem): WorkItem => {
    const { id, name, picture } = store.get().me;
    return { ...item, state: 'active', agent: { id, name, picture }, state_since: now() };
  };

  return {
    store,
    sync,
    hear,
    /** The agent sees the end of the conversation. */
    read(conversationId: string): void {
      store.update((state) => withRead(state, conversationId));
    },
    async accept(offer: Offer): Promise<boolean> {
      const guess = (state: WorkspaceState) => {
        const rest = withoutOffer(state, offer.id);
        // Somebody else holds what I am asked into.
        return offer.role === 'holder' ? withItem(rest, asMine(offer.engagement)) : rest;
      };
      return settled(await attempt(guess, () => door.acceptOffer(offer.id)));
    },
    async decline(offer: Offer, reasonId: string | null = null): Promise<void> {
      await attempt(
        (state) => withoutOffer(state, offer.id),
        () => door.declineOffer(offer.id, reasonId),
      );
    },
    async pull(item: WorkItem): Promise<boolean> {
      const guess = (state: WorkspaceState) => withItem(state, asMine(item));
      return settled(await attempt(guess, () => door.pull(item.engagement_id)));
    },
    /** Closed work is open again, in my hands. */
    async reopen({ conversation_id }: WorkItem): Promise<boolean> {
      return settled(
        await attempt(
          (state) => state,
          () => door.reopen(conversation_id),
        ),
      );
    },
    /** Whatever comes next for this agent; which work that is, the server says. */
    async pullNext(): Promise<WorkItem | null> {
      const same: Guess = (state) => state;
      const taken = await attempt(same, () => door.pullNext());
      settled(taken);
      return taken;
    },
    async transfer(item: WorkItem, target: TransferTarget): Promise<void> {
      await door.transfer(item.engagement_id, target);
      store.update((state) => withItem(state, item, true));
    },
    async park(item: WorkItem, until: string | null): Promise<boolean> {
      const guess = (state: WorkspaceState) =>
        withItem(state, { ...item, state: 'parked', state_since: now() });
      return settled(await attempt(guess, () => door.park(item.engagement_id, until)));
    },
    async end(item: WorkItem): Promise<boolean> {
      const guess = (state: WorkspaceState) =>
        withItem(state, { ...item, state: 'wrapping_up', state_since: now() });
      return settled(await attempt(guess, () => door.end(item.engagement_id)));
    },
    async wrapUp(item: WorkItem, dispositionId: string | null, note: string): Promise<boolean> {
      const guess = (state: WorkspaceState) => withItem(state, item, true);
      const done = await attempt(guess, async () => {
        await door.wrapUp(item.engagement_id, dispositionId, note);
        return true;
      });
      return done === true;
    },
    async setPresence(presence: PresenceName, why: string | PresenceReason | null): Promise<void> {
      const [reason, reason_id] =
        typeof why === 'object' ? [why?.label ?? null, why?.id ?? null] : [why, null];
      const guess = (state: WorkspaceState) => ({
        ...state,
        presence: { presence, reason, reason_id, since: now(), set_by: null },
      });
      const stored = await attempt(guess, () => door.setPresence(presence, reason, reason_id));
      if (stored) store.update((state) => ({ ...state, presence: stored }));
    },
  };
}

export type WorkKeeper = ReturnType<typeof createWorkKeeper>;
