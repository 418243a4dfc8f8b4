import { useEffect, useState } from 'react';
import { Problem } from '@engage/client';
import { useDesk } from '../../state/desk_context';
import { fieldWords } from '../../state/failure';
import { following, same } from './following';

/** What `useChange` returns, as far as a form needs it. */
export interface Saving {
  mutate: (input: undefined, told: { onSuccess: () => void; onError: (failure: unknown) => void }) => void;
  whenRead: (then: () => void) => void;
}

/**
 * What is typed, beside what is stored, and not left without a question; a refusal stands beside its field until that
 * field is changed. What is stored may change meanwhile, by this form or another admin: nothing typed is lost by it.
 */
export function useForm<T extends object>(stored: T) {
  const [{ value, known }, setTyped] = useState({ value: stored, known: stored });
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const { leaving } = useDesk().router;
  if (!same(known, stored)) setTyped({ value: following(value, known, stored), known: stored });
  const isChanged = !same(value, stored);
  useEffect(() => (isChanged ? leaving.hold() : undefined), [isChanged, leaving]);
  const refused = (failure: unknown) => setErrors(errorsOf(failure));
  /** Once saved, a field that still holds what was sent shows what the server has made of it. */
  function send(save: Saving): void {
    const sent = value;
    const settle = () => setTyped((now) => ({ ...now, value: following(now.value, sent, now.known) }));
    save.mutate(undefined, { onSuccess: () => save.whenRead(settle), onError: refused });
  }
  return {
    value,
    errors,
    isChanged,
    change(part: Partial<T>): void {
      setTyped((before) => ({ ...before, value: { ...before.value, ...part } }));
      const mended = Object.keys(part);
      setErrors((all) => Object.fromEntries(Object.entries(all).filter(([key]) => !mended.includes(key))));
    },
    discard(): void {
      setTyped({ value: stored, known: stored });
      setErrors({});
    },
    refused,
    send,
    /** The same for `onSubmit`. */
    sends: (save: Saving) => (event: { preventDefault: () => void }) => {
      event.preventDefault();
      send(save);
    },
  };
}

export type Form<T extends object> = ReturnType<typeof useForm<T>>;

/** The server's sentences by the first part of their path: `origins.0` belongs to `origins`. */
export function errorsOf(failure: unknown): Record<string, string> {
  if (!(failure instanceof Problem)) return {};
  return Object.fromEntries(
    failure.errors.map(({ path, message }) => [path.split('.')[0] ?? path, fieldWords(message)]),
  );
}
