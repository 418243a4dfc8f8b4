import { callDoor, Problem, type CallbackOptions } from '@engage/client';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Loaded } from '../../state/state';
import { useApp } from '../../ui/context';
import { wordsFor, type CallWords } from './words';

/** What can be chosen now, and the door through which it is asked for. */
export function useCalls() {
  const { engine, state } = useApp();
  const door = useMemo(() => callDoor(engine.session.rest, engine.siteKey), [engine]);
  const [options, setOptions] = useState<Loaded<CallbackOptions>>({ status: 'loading' });

  async function load(): Promise<void> {
    try {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      setOptions({ status: 'ready', value: await door.options(zone, '') });
    } catch (failure) {
      if (failure instanceof Problem) setOptions({ status: 'failed', problem: failure });
    }
  }
  return { door, options, load, run: engine.session.run, words: wordsFor(state.locale) };
}

export function useLoadOnShow(load: () => Promise<void>): void {
  useEffect(() => void load(), []);
}

/** What a refusal says to the visitor, in his language. */
export function useRefusal() {
  const { state, texts } = useApp();
  const words = wordsFor(state.locale);
  return (failure: unknown): string => {
    if (!(failure instanceof Problem) || failure.isTransient) return words.failed;
    const reason = (failure.body as { reason?: string } | null)?.reason;
    if (failure.code === 'number_refused' && isReason(reason)) return words.refused[reason];
    return texts.problems === null ? failure.detail : (texts.problems[failure.code] ?? words.failed);
  };
}

type Reason = keyof CallWords['refused'];
const REASONS: readonly string[] = ['impossible', 'country', 'kind', 'listed'] satisfies Reason[];
const isReason = (reason: string | undefined): reason is Reason => REASONS.includes(reason ?? '');
