import type { Keeper } from '@engage/client';
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
}

export const emptyDraft: Draft = { tab: 'reply', reply: '', note: '', reply_begun_at: null };

export function withTab(draft: Draft, tab: ComposerTab): Draft {
  return draft.tab === tab ? draft : { ...draft, tab };
}

export function withText(draft: Draft, text: string, head: number): Draft {
  if (draft.tab === 'note') return { ...draft, note: text };
  const begun = text === '' ? null : (draft.reply_begun_at ?? head);
  return { ...draft, reply: text, reply_begun_at: begun };
}

export function textOf(draft: Draft): string {
  return draft.tab === 'note' ? draft.note : draft.reply;
}

/** A message taken back stands in front of what has been written since. */
export function withTakenBack(draft: Draft, tab: ComposerTab, text: string): Draft {
  const now = tab === 'note' ? draft.note : draft.reply;
  const joined = now === '' ? text : `${text}\n${now}`;
  return tab === 'note' ? { ...draft, tab, note: joined } : { ...draft, tab, reply: joined };
}

export function isEmpty(draft: Draft): boolean {
  return draft.reply === '' && draft.note === '';
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

export function createDrafts(keeper: Keeper, agentId: string) {
  const stores = new Map<string, Store<Draft>>();

  function of(conversationId: string): Store<Draft> {
    const known = stores.get(conversationId);
    if (known) return known;
    const key = `${PREFIX}${agentId}.${conversationId}`;
    const store = createStore(parse(keeper.read(key)));
    store.subscribe(() => {
      const draft = store.get();
      if (isEmpty(draft) && draft.tab === 'reply') keeper.remove(key);
      else keeper.write(key, JSON.stringify(draft));
    });
    stores.set(conversationId, store);
    return store;
  }
  return { of };
}

export type Drafts = ReturnType<typeof createDrafts>;
