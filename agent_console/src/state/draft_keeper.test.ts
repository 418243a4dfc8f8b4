import { expect, it } from 'vitest';
import type { Api, Keeper } from '@engage/client';
import { createDraftKeeper } from './draft_keeper';
import { createDrafts, withText } from './drafts';

const nothingKept: Keeper = {
  read: () => null,
  write: () => undefined,
  remove: () => undefined,
  keys: () => [],
  onOtherTab: () => () => undefined,
};

it('does not take back words for what the server said before it had them', async () => {
  const put = async () => ({ reply: 'Hello', note: '', reply_begun_at: 1, version: 1 });
  const drafts = createDrafts(nothingKept, 'anna');
  const keeper = createDraftKeeper({ put } as unknown as Api, () => drafts);
  const draft = drafts.of('c1');
  draft.update((now) => withText(now, 'Hello', 1));
  const saved = new Promise<void>((done) => draft.subscribe(() => draft.get().is_kept && done()));
  const askedAt = performance.now();

  keeper.typed('c1');
  await saved;
  keeper.loaded('c1', null, askedAt);
  expect(draft.get().reply).toBe('Hello');

  keeper.loaded('c1', null, performance.now() + 1);
  expect(draft.get().reply).toBe('');
});
