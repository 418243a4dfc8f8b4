import { afterEach, describe, expect, it, vi } from 'vitest';
import { agentDoor, createAgentRest } from '../src/agent';

interface Sent {
  method: string;
  url: string;
  header: string | null;
  body: unknown;
}

/** Answers every request with the same status and body, and remembers what was asked. */
function answering(status: number, body: unknown) {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({
      method: init.method ?? '',
      url,
      header: new Headers(init.headers).get('X-Engage-Request'),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : init.body,
    });
    return new Response(body === undefined ? null : JSON.stringify(body), { status });
  });
  return sent;
}

function aDoor() {
  const onSignedOut = vi.fn();
  const onUnreachable = vi.fn();
  return { door: agentDoor(createAgentRest({ onSignedOut, onUnreachable })), onSignedOut, onUnreachable };
}

afterEach(() => vi.unstubAllGlobals());

describe("the agent's door", () => {
  it('proves with a header that its own page sent the request', async () => {
    const sent = answering(204, undefined);
    await aDoor().door.declineOffer('o 1');
    expect(sent).toEqual([
      { method: 'POST', url: '/api/v1/agent/offers/o%201/decline', header: '1', body: { reason_id: null } },
    ]);
  });

  it('says everything the server wants to know, null where there is nothing', async () => {
    const sent = answering(204, undefined);
    const { door } = aDoor();
    await door.wrapUp('e1', null, '');
    await door.setPresence('break', null);
    expect(sent.map((one) => one.body)).toEqual([
      { disposition_id: null, note: null },
      { presence: 'break', reason: null, reason_id: null },
    ]);
  });

  it('asks for lists with what they are narrowed to', async () => {
    const sent = answering(200, { items: [], next_cursor: null });
    const { door } = aDoor();
    await door.work('all', 'bill & co', null);
    await door.entriesBefore('c1', 9);
    expect(sent.map((one) => one.url)).toEqual([
      '/api/v1/agent/work?view=all&search=bill+%26+co',
      '/api/v1/agent/conversations/c1/entries?before_seq=9&limit=100',
    ]);
  });

  it('tells once when the session is gone, and not for a wrong password', async () => {
    const gone = aDoor();
    answering(401, { code: 'not_signed_in' });
    await expect(gone.door.me()).rejects.toMatchObject({ status: 401 });
    expect(gone.onSignedOut).toHaveBeenCalledTimes(1);

    const wrong = aDoor();
    answering(401, { code: 'wrong_credentials' });
    await expect(wrong.door.signIn('a@b.c', 'x')).rejects.toMatchObject({ code: 'wrong_credentials' });
    expect(wrong.onSignedOut).not.toHaveBeenCalled();
  });

  it('tells when no answer came, so that the line may be looked at', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
    const { door, onUnreachable } = aDoor();
    await expect(door.workspace()).rejects.toMatchObject({ code: 'unreachable' });
    expect(onUnreachable).toHaveBeenCalledTimes(1);
  });
});
