import type { Keeper } from '@engage/client';
import type { ServerDraft } from '@engage/client/src/agent';
import { createStore, type Store } from './store';

export type ComposerTab = 'reply' | 'note';

/**
 * What stands in the composer of one conversation. Reply and note have a text each, so nothing that was
 * written as a note can ever leave as a reply.
 */
export interface Draft {
  readonly tab: ComposerTab;
  readonly reply: string;
  readonly note: string;
  /** The timeline's head when the reply was begun: a colleague's later answer asks before sending. */
  readonly reply_begun_at: number | null;
  /** The last version that the server has told, and whether it has these words. */
  readonly version: number;
  readonly is_kept: boolean;
}

export const emptyDraft: Draft = {
  tab: 'reply',
  reply: '',
  note: '',
  reply_begun_at: null,
  version: 0,
  is_kept: true,
};

export function withTab(draft: Draft, tab: ComposerTab): Draft {
  return draft.tab === tab ? draft : { ...draft, tab };
}

export function withText(draft: Draft, text: string, head: number): Draft {
  if (draft.tab === 'note') return { ...draft, note: text, is_kept: false };
  const begun = text === '' ? null : (draft.reply_begun_at ?? head);
  return { ...draft, reply: text, reply_begun_at: begun, is_kept: false };
}

export function textOf(draft: Draft): string {
  return draft.tab === 'note' ? draft.note : draft.reply;
}

/** A message taken back stands in front of what has been written since. */
export function withTakenBack(draft: Draft, tab: ComposerTab, text: string): Draft {
  const now = tab === 'note' ? draft.note : draft.reply;
  const joined = now === '' ? text : `${text}\n${now}`;
  const kept = { ...draft, tab, is_kept: false };
  return tab === 'note' ? { ...kept, note: joined } : { ...kept, reply: joined };
}

/** A reply taken back with its form; the server may have put its plain words there before. */
export function withFormedBack(draft: Draft, plain: string, formed: string): Draft {
  if (plain === '' || !draft.reply.includes(plain)) return withTakenBack(draft, 'reply', formed);
  return { ...draft, tab: 'reply', is_kept: false, reply: draft.reply.replace(plain, () => formed) };
}

export function isEmpty(draft: Draft): boolean {
  return draft.reply === '' && draft.note === '';
}

/** Nothing of either is lost; one that contains the other stands for both. */
function together(mine: string, theirs: string): string {
  if (mine.includes(theirs)) return mine;
  return theirs.includes(mine) ? theirs : `${theirs}\n${mine}`;
}

/** What the server keeps, taken over; words that it does not have yet stay in front of the agent. */
export function withServerDraft(draft: Draft, server: ServerDraft | null): Draft {
  const { reply, note, reply_begun_at, version } = server ?? { ...emptyDraft, version: draft.version };
  if (draft.is_kept) {
    if (server && version <= draft.version) return draft;
    return { ...draft, reply, note, reply_begun_at, version };
  }
  if (version <= draft.version) return draft;
  return { ...draft, reply: together(draft.reply, reply), note: together(draft.note, note), version };
}

const PREFIX = 'engage.console.draft.';

function parse(text: string | null): Draft {
  if (text === null) return emptyDraft;
  try {
    return { ...emptyDraft, ...(JSON.parse(text) as Partial<Draft>) };
  } catch {
    return emptyDraft;
  }
}

export function createDrafts(
  keeper: Keeper,
  agentId: string,
  onTyped: (conversationId: string) => void = () => undefined,
) {
  const stores = new Map<string, Store<Draft>>();

  function of(conversationId: string): Store<Draft> {
    const known = stores.get(conversationId);
    if (known) return known;
    const key = `${PREFIX}${agentId}.${conversationId}`;
    const store = createStore(parse(keeper.read(key)));
    store.subscribe(() => {
      const draft = store.get();
      if (isEmpty(draft) && draft.tab === 'reply' && draft.is_kept) keeper.remove(key);
      else keeper.write(key, JSON.stringify(draft));
      if (!draft.is_kept) onTyped(conversationId);
    });
    stores.set(conversationId, store);
    return store;
  }
  return {
    of,
    /** Conversations with words in this browser that the server may not have. */
    unkept: (): string[] => {
      const prefix = `${PREFIX}${agentId}.`;
      const ids = keeper.keys(prefix).map((key) => key.slice(prefix.length));
      return ids.filter((id) => !of(id).get().is_kept);
    },
  };
}

export type Drafts = ReturnType<typeof createDrafts>;
