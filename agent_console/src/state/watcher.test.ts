import { expect, it } from 'vitest';
import { createWatcher } from './watcher';

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Every pause and every answer comes when the test says so. */
function aWatcher() {
  const log: string[] = [];
  const answers: ((taken: boolean) => void)[] = [];
  const pauses: (() => void)[] = [];
  const watcher = createWatcher(
    (id) => {
      log.push(`enter ${id}`);
      return new Promise((resolve) => answers.push(resolve));
    },
    async (id) => void log.push(`load ${id}`),
    { pause: () => new Promise((resolve) => pauses.push(resolve)), random: () => 0 },
  );
  return { log, answers, pauses, watcher };
}

it('loads once, after it was let in', async () => {
  const { log, answers, watcher } = aWatcher();
  void watcher.look('c1');
  await settled();
  expect(log).toEqual(['enter c1']);

  answers[0]?.(true);
  await settled();

  expect(log).toEqual(['enter c1', 'load c1']);
});

it('does not keep the agent waiting, and loads again when it was let in late', async () => {
  const { log, answers, pauses, watcher } = aWatcher();
  void watcher.look('c1');
  await settled();
  pauses[0]?.();
  await settled();
  expect(log).toEqual(['enter c1', 'load c1']);

  answers[0]?.(true);
  await settled();

  expect(log).toEqual(['enter c1', 'load c1', 'load c1']);
});

it('asks again when it was refused or the question was lost', async () => {
  const { log, answers, pauses, watcher } = aWatcher();
  void watcher.look('c1');
  answers[0]?.(false);
  await settled();
  pauses.forEach((end) => end());
  await settled();
  answers[1]?.(true);
  await settled();

  expect(log.filter((line) => line === 'enter c1')).toHaveLength(2);
  expect(log.at(-1)).toBe('load c1');
});

it('is over when another conversation is looked at, or none', async () => {
  const { log, answers, pauses, watcher } = aWatcher();
  void watcher.look('c1');
  void watcher.look('c2');
  answers.forEach((answer) => answer(true));
  await settled();
  expect(log).toEqual(['enter c1', 'enter c2', 'load c2']);

  void watcher.look('c3');
  void watcher.look(null);
  answers.at(-1)?.(false);
  pauses.forEach((end) => end());
  await settled();

  expect(log.filter((line) => line.endsWith('c3'))).toEqual(['enter c3']);
});
