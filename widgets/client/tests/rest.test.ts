import { afterEach, expect, test, vi } from 'vitest';
import { reconnectDelay, repeating } from '../src/backoff';
import { newClientId } from '../src/client_id';
import { Problem, problemFrom, unreachable } from '../src/problem';
import { createRest, queryString } from '../src/rest';

afterEach(() => vi.unstubAllGlobals());

const answering = (response: () => Response | Promise<Response>) => {
  const calls: [string, RequestInit][] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    calls.push([url, init]);
    return response();
  });
  return calls;
};

test('a problem+json answer becomes a Problem with its code and field errors', async () => {
  const body = {
    type: 'about:blank',
    title: 'Invalid',
    status: 422,
    detail: 'Look again.',
    code: 'invalid',
    errors: [{ path: 'email', message: 'Give an address.' }],
  };
  answering(() => new Response(JSON.stringify(body), { status: 422 }));

  const problem: Problem = await createRest({ base: '/api' })
    .post('/x')
    .catch((failure) => failure);

  expect(problem).toBeInstanceOf(Problem);
  expect([problem.code, problem.errors[0]?.message, problem.isTransient]).toEqual([
    'invalid',
    'Give an address.',
    false,
  ]);
});

test("a proxy's HTML page is still a Problem, and worth a repeat", () => {
  const problem = problemFrom(502, '<html>Bad gateway</html>', '3');

  expect([problem.code, problem.isTransient, problem.retryAfterMs]).toEqual(['http_502', true, 3000]);
});

test('a request without an answer ends after its time-out', async () => {
  vi.stubGlobal(
    'fetch',
    (_: string, init: RequestInit) =>
      new Promise((_resolve, reject) =>
        init.signal?.addEventListener('abort', () => reject(new Error('aborted'))),
      ),
  );

  const problem = await createRest({ base: '', timeoutMs: 5 })
    .get<Problem>('/slow')
    .catch((failure) => failure);

  expect(problem.code).toBe('timed_out');
});

test('an answer that stops in its middle ends after the time-out too', async () => {
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    const body = new ReadableStream({
      start: (part) => init.signal?.addEventListener('abort', () => part.error(new Error('aborted'))),
    });
    return new Response(body);
  });

  const problem = await createRest({ base: '', timeoutMs: 5 })
    .get<Problem>('/half')
    .catch((failure) => failure);

  expect(problem.code).toBe('timed_out');
});

test('headers are asked for each request', async () => {
  let token = 'one';
  const calls = answering(() => new Response('{}'));
  const rest = createRest({ base: '/api', headers: () => ({ Authorization: `Bearer ${token}` }) });

  await rest.get('/a');
  token = 'two';
  await rest.get('/b', { query: { limit: 5, nothing: null } });

  expect(calls.map(([url, init]) => [url, new Headers(init.headers).get('authorization')])).toEqual([
    ['/api/a', 'Bearer one'],
    ['/api/b?limit=5', 'Bearer two'],
  ]);
});

test('an empty answer is no error', async () => {
  answering(() => new Response(null, { status: 204 }));

  expect(await createRest({ base: '' }).post('/x')).toBeUndefined();
});

test('passing failures are repeated, refusals are not', async () => {
  let calls = 0;
  const flaky = async () => {
    calls += 1;
    if (calls < 3) throw unreachable(null);
    return 'done';
  };
  const pause = async () => {};

  expect(await repeating(flaky, { pause })).toBe('done');
  const refused = repeating(
    async () => {
      throw problemFrom(403, '{}', null);
    },
    { pause },
  );
  await expect(refused).rejects.toThrow(Problem);
});

test('reconnects wait 0.5 to 5 s, double, and stay under 30 s', () => {
  expect([0, 1].map((random) => reconnectDelay(0, () => random))).toEqual([500, 5000]);
  expect(reconnectDelay(2, () => 0)).toBe(2000);
  expect(reconnectDelay(50, () => 1)).toBe(30_000);
});

test('client ids are UUIDs with and without randomUUID', () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  expect(newClientId()).toMatch(uuid);
  const real = crypto;
  vi.stubGlobal('crypto', {
    getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => real.getRandomValues(bytes),
  });

  expect(newClientId()).toMatch(uuid);
});

test('a query leaves out what is not set', () => {
  expect(queryString({ a: 1, b: undefined, c: 'x y' })).toBe('?a=1&c=x+y');
  expect(queryString({})).toBe('');
});
