import { Problem, type Api } from '@engage/client';
import { NO_TARGET } from '@engage/client/src/agent';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createBulk } from './bulk';
import { anItem, aWorkspace } from './fixtures';
import { createNotices } from './notices';
import { allOf } from './selection';
import { createStore } from './store';

const LIST = Array.from({ length: 10 }, (_, at) =>
  anItem({ engagement_id: `e${at}`, conversation_id: `c${at}` }),
);
type Sent = { path: Record<string, string>; headers: Record<string, string> };

/** A server that may refuse or be slow, by what `answer` says. */
function aDesk(answer: (id: string, route: string, asked: Sent) => Promise<unknown>) {
  const post = vi.fn((route: string, _body: unknown, asked: Sent) =>
    answer(asked.path.engagement_id ?? '', route, asked),
  );
  const workspace = createStore(aWorkspace({ mine: LIST }));
  const notices = createNotices();
  const bulk = createBulk({ post } as unknown as Api, workspace, notices);
  bulk.selection.set(allOf(LIST));
  return { bulk, post, workspace, said: () => notices.store.get().map(({ text }) => text) };
}

const refusal = (code: string) => new Problem({ status: 409, code, title: code, detail: `It is ${code}.` });

describe('an act on several rows', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });

  it('has at most four requests on their way', async () => {
    const open: (() => void)[] = [];
    let most = 0;
    const { bulk, workspace, said } = aDesk(
      () => new Promise<void>((done) => (most = Math.max(most, open.push(done)))),
    );

    const running = bulk.run(bulk.acts.transfer({ ...NO_TARGET, to_queue_id: 'q2' }, 'Orders'));
    for (let answered = 0; answered < LIST.length; answered += 1) {
      await vi.waitFor(() => expect(open.length).toBeGreaterThan(0));
      open.shift()?.();
    }
    await running;

    expect(most).toBe(4);
    expect(workspace.get().mine).toEqual([]);
    expect(bulk.selection.get().items.size).toBe(0);
    expect(said()).toEqual(['10 transferred to Orders']);
  });

  it('keeps what could not be done selected, and tells why once', async () => {
    const { bulk, said } = aDesk((id) =>
      id < 'e2'
        ? Promise.reject(refusal('spent'))
        : Promise.resolve(anItem({ engagement_id: id, state: 'parked' })),
    );

    await bulk.run(bulk.acts.park(null));

    expect([...bulk.selection.get().items.keys()]).toEqual(['e0', 'e1']);
    expect(said()).toEqual(['8 done, 2 could not: It is spent.']);
  });

  it('asks once more under the same key when an answer was lost', async () => {
    let isLost = true;
    const { bulk, post } = aDesk((id) => {
      if (!isLost) return Promise.resolve(anItem({ engagement_id: id, state: 'parked' }));
      isLost = false;
      return Promise.reject(new Problem({ status: 0, code: 'unreachable', title: '', detail: '' }));
    });
    bulk.selection.set(allOf(LIST.slice(0, 1)));

    await bulk.run(bulk.acts.park(null));

    const keys = post.mock.calls.map(([, , asked]) => asked.headers['Idempotency-Key']);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect(bulk.selection.get().items.size).toBe(0);
  });

  it('does not ask the server for what cannot be', async () => {
    const foreign = anItem({ engagement_id: 'x', agent: { id: 'you', name: 'You', picture: null } });
    const { bulk, post, said } = aDesk(() => Promise.resolve(undefined));
    bulk.selection.set(allOf([foreign]));

    await bulk.run(bulk.acts.end(null));

    expect(post).not.toHaveBeenCalled();
    expect(said()[0]).toMatch(/^0 done, 1 could not/);
  });

  it('wraps up without ending once more what was ended before', async () => {
    const { bulk, post } = aDesk(() => Promise.resolve(undefined));
    bulk.selection.set(allOf([anItem({ state: 'wrapping_up' })]));

    await bulk.run(bulk.acts.end('d1'));

    expect(post.mock.calls.map(([route]) => route.split('/').at(-1))).toEqual(['wrap-up']);
  });
});

describe('spam', () => {
  it('is closed where it waits or is my own, and a colleague’s is named as the reason', async () => {
    const { bulk, post, said } = aDesk(() => Promise.resolve());
    const waiting = anItem({ engagement_id: 'w', state: 'queued', agent: null });
    const mine = anItem({ engagement_id: 'm' });
    const offered = anItem({ engagement_id: 'o', state: 'offered', agent: null });
    const theirs = anItem({ engagement_id: 't', agent: { id: 'ben', name: 'Ben', picture: null } });

    await bulk.run(bulk.acts.spam(24), [waiting, mine, offered, theirs]);

    const route = '/api/v1/agent/engagements/{engagement_id}/spam';
    expect(post.mock.calls.map(([to, body, { path }]) => [to, body, path.engagement_id])).toEqual([
      [route, { block_hours: 24 }, 'w'],
      [route, { block_hours: 24 }, 'm'],
      [route, { block_hours: 24 }, 'o'],
    ]);
    expect(said().join()).toContain('in the hands of a colleague');
  });
});
