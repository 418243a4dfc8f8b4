import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AgentDoor, AgentEvent, Workspace } from '@engage/client/src/agent';
import { anEntry, anItem, anOffer, aWorkspace } from './fixtures';
import { createNotices } from './notices';
import { createWorkKeeper } from './work_keeper';

const snapshot = (last_text: string): Workspace => {
  const {
    heard: _,
    last_mention: __,
    last_opened: ___,
    opens_next: ____,
    ...state
  } = aWorkspace({ mine: [anItem({ last_text })] });
  return {
    ...state,
    server_time: '2026-01-05T12:00:00.000Z',
    capacity: 3,
    mine: [...state.mine],
    offers: [],
    queues: [],
    colleagues: [],
    dispositions: [],
    decline_reasons: [],
    presence_reasons: [],
    labels: [],
    drafts: [],
  };
};
const heads = (c1: number): AgentEvent => ({ type: 'heads', heads: { c1 } });
const workspace = vi.fn<() => Promise<Workspace>>();
const acceptOffer = vi.fn<AgentDoor['acceptOffer']>();

function aKeeper() {
  const door: Pick<AgentDoor, 'workspace' | 'acceptOffer'> = { workspace, acceptOffer };
  return createWorkKeeper(door as AgentDoor, createNotices(), snapshot('old'));
}
const lastText = (keeper: ReturnType<typeof aKeeper>) => keeper.store.get().mine[0]?.last_text;

beforeEach(() => {
  vi.useFakeTimers();
  workspace.mockReset();
});
afterEach(() => void vi.useRealTimers());

it('a lost push of a held conversation is healed by the beacon, and asked about once', async () => {
  const keeper = aKeeper();
  workspace.mockResolvedValue(snapshot('lost'));

  keeper.hear(heads(3));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(lastText(keeper)).toBe('lost');

  keeper.hear(heads(3));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(workspace).toHaveBeenCalledTimes(1);
});

it('a beacon that overtakes its push asks for nothing', async () => {
  const keeper = aKeeper();
  keeper.hear(heads(3));
  keeper.hear({ type: 'entry_added', conversation_id: 'c1', entry: anEntry(3) });
  await vi.advanceTimersByTimeAsync(1_000);

  expect([workspace.mock.calls.length, lastText(keeper)]).toEqual([0, 'text 3']);
});

it('when the answer is lost the next beacon asks again', async () => {
  const keeper = aKeeper();
  workspace.mockRejectedValueOnce(new Error('no answer')).mockResolvedValue(snapshot('lost'));

  keeper.hear(heads(3));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(lastText(keeper)).toBe('old');
  keeper.hear(heads(3));
  await vi.advanceTimersByTimeAsync(1_000);

  expect(lastText(keeper)).toBe('lost');
});

it('an entry that comes while the snapshot is on its way is not overwritten by it', async () => {
  const keeper = aKeeper();
  workspace.mockImplementationOnce(async () => {
    keeper.hear({ type: 'entry_added', conversation_id: 'c1', entry: anEntry(4) });
    return snapshot('older');
  });
  workspace.mockResolvedValue(snapshot('text 4'));

  await keeper.sync();

  expect([workspace.mock.calls.length, lastText(keeper)]).toEqual([2, 'text 4']);
});

it('asks once more when there is something else to choose from while the snapshot is on its way', async () => {
  const keeper = aKeeper();
  const changed: AgentEvent = { type: 'choices_changed', site_id: 's1' };
  workspace.mockImplementationOnce(async () => {
    await Promise.resolve();
    keeper.hear(changed);
    return snapshot('before the second change');
  });
  workspace.mockResolvedValue(snapshot('after it'));

  keeper.hear(changed);
  await keeper.sync();

  expect([workspace.mock.calls.length, lastText(keeper)]).toEqual([2, 'after it']);
});

it('names what rang here and opened by itself while the line was gone', async () => {
  const keeper = aKeeper();
  const offer = { ...anOffer('o1'), accepts_at: '2026-01-05T12:00:05.000Z' };
  keeper.hear({ type: 'offer_made', work_seq: 6, offer });
  const mine = { ...offer.engagement, state: 'active' as const, agent: anItem().agent };
  workspace.mockResolvedValue({ ...snapshot('old'), work_seq: 9, mine: [mine] });

  await keeper.sync();

  expect([keeper.store.get().last_opened, keeper.store.get().offers.length]).toEqual([mine, 0]);
});

describe('an offer that is accepted while snapshots are on their way', () => {
  const offer = anOffer('o1');
  const mine = { ...offer.engagement, state: 'active' as const, agent: anItem().agent };
  const before = () => ({ ...snapshot('old'), work_seq: 6, offers: [offer] });
  const after = () => ({ ...snapshot('old'), work_seq: 7, mine: [mine] });
  const offered = (): AgentEvent => ({ type: 'offer_made', work_seq: 6, offer });
  const ended = (): AgentEvent => ({
    type: 'offer_ended',
    work_seq: 7,
    offer_id: 'o1',
    engagement_id: 'e-o1',
    state: 'accepted',
    by_itself: false,
  });
  const offers = (keeper: ReturnType<typeof aKeeper>) => keeper.store.get().offers.length;

  it('is not brought back by a second snapshot that was overtaken like the first', async () => {
    const keeper = aKeeper();
    workspace
      .mockImplementationOnce(async () => {
        keeper.hear(offered());
        return snapshot('older than the offer');
      })
      .mockImplementationOnce(async () => {
        const answer = before();
        acceptOffer.mockResolvedValueOnce(mine);
        await keeper.accept(offer);
        keeper.hear(ended());
        return answer;
      });
    workspace.mockResolvedValue(after());

    await keeper.sync();

    expect([offers(keeper), workspace.mock.calls.length]).toEqual([0, 3]);
  });

  it('is not brought back while the server has not answered', async () => {
    const keeper = aKeeper();
    keeper.hear(offered());
    workspace.mockResolvedValue(before());
    let answer: (item: typeof mine) => void = () => undefined;
    acceptOffer.mockReturnValueOnce(new Promise((done) => (answer = done)));

    const accepted = keeper.accept(offer);
    await keeper.sync();
    const meanwhile = offers(keeper);
    answer(mine);

    expect([meanwhile, await accepted, offers(keeper)]).toEqual([0, true, 0]);
  });
});
