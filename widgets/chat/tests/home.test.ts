import { Problem, type SiteHome } from '@engage/client';
import { expect, test } from 'vitest';
import { createHome } from '../src/engine/home';
import { startState } from '../src/state/state';
import { createStore } from '../src/state/store';

const aHome = (greeting: string) => ({ greeting }) as SiteHome;
const problem = (status: number) => new Problem({ status, code: 'test', title: '', detail: '' });
const AT_ONCE = { pause: async () => {} };

/** What the server answers to one question after the other; a problem is thrown. */
function asked(...answers: (SiteHome | Problem)[]) {
  const locales: string[] = [];
  const ask = async (locale: string) => {
    locales.push(locale);
    const answer = answers.shift() ?? problem(500);
    if (answer instanceof Problem) throw answer;
    return answer;
  };
  return { locales, ask };
}

test('a first screen that failed once for a passing reason comes by itself', async () => {
  const store = createStore(startState({ locale: 'de' }));
  const { ask, locales } = asked(problem(0), problem(503), aHome('Ahoi!'));
  const loadHome = createHome(store, ask, AT_ONCE);

  expect(await loadHome()).toBe(true);

  expect(store.state().home).toEqual({ status: 'ready', value: aHome('Ahoi!') });
  expect(locales).toHaveLength(3);
});

test('a refusal is shown at once, and who asks again is answered', async () => {
  const store = createStore(startState({ locale: 'de' }));
  const loadHome = createHome(store, asked(problem(403), aHome('Ahoi!')).ask, AT_ONCE);

  expect(await loadHome()).toBe(false);
  expect(store.state().home.status).toBe('failed');
  expect(await loadHome()).toBe(true);
  expect(store.state().home.status).toBe('ready');
});

test('an answer that comes after the visitor has changed the language is not shown', async () => {
  const store = createStore(startState({ locale: 'de' }));
  let answerGerman: (home: SiteHome) => void = () => {};
  const german = new Promise<SiteHome>((resolve) => {
    answerGerman = resolve;
  });
  const loadHome = createHome(store, (locale) =>
    locale === 'de' ? german : Promise.resolve(aHome('Ahoy!')),
  );

  const first = loadHome();
  store.dispatch({ type: 'locale_changed', locale: 'en' });
  await loadHome();
  answerGerman(aHome('Ahoi!'));
  await first;

  expect(store.state().home).toEqual({ status: 'ready', value: aHome('Ahoy!') });
});
