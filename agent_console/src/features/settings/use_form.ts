import { useEffect, useState } from 'react';
import { Problem } from '@engage/client';
import { useDesk } from '../../state/desk_context';
import { fieldWords } from '../../state/failure';

/** What is typed, beside what is stored, and not left without a question; a refusal stands beside its field until that field is changed. */
export function useForm<T extends object>(stored: T) {
  const [value, setValue] = useState(stored);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const { leaving } = useDesk().router;
  const isChanged = JSON.stringify(value) !== JSON.stringify(stored);
  useEffect(() => (isChanged ? leaving.hold() : undefined), [isChanged, leaving]);
  return {
    value,
    errors,
    isChanged,
    change(part: Partial<T>): void {
      setValue((before) => ({ ...before, ...part }));
      const mended = Object.keys(part);
      setErrors((all) => Object.fromEntries(Object.entries(all).filter(([key]) => !mended.includes(key))));
    },
    discard(): void {
      setValue(stored);
      setErrors({});
    },
    refused: (failure: unknown) => setErrors(errorsOf(failure)),
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
