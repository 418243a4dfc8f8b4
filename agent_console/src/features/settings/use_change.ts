import { useRef } from 'react';
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useDesk } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';

interface ChangeOptions<Answer> {
  /** What must be read anew after it. */
  refresh?: readonly QueryKey[];
  /** Said when it is done; nothing is said where the screen shows it by itself. */
  said?: string;
  onDone?: (answer: Answer) => void;
  /** The page shows the refusal itself, beside the field. */
  quiet?: boolean;
}

/**
 * An act of an admin: sends it, reads anew what it touched, and says what went wrong. A second click comes before the
 * button is drawn as switched off: it does nothing while the first one is on its way.
 */
export function useChange<Input, Answer = unknown>(
  send: (input: Input) => Promise<Answer>,
  { refresh = [], said, onDone, quiet = false }: ChangeOptions<Answer> = {},
) {
  const queries = useQueryClient();
  const { notices } = useDesk();
  const isUnderWay = useRef(false);
  const change = useMutation({
    mutationFn: send,
    onSuccess: async (answer) => {
      await Promise.all(refresh.map((queryKey) => queries.invalidateQueries({ queryKey })));
      if (said) notices.say(said);
      onDone?.(answer);
    },
    onError: (failure) => {
      if (!quiet) notices.say(wordsFor(failure), 'bad');
    },
    onSettled: () => {
      isUnderWay.current = false;
    },
  });
  const mutate: typeof change.mutate = (...sent) => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    change.mutate(...sent);
  };
  /** Calls back when the screen shows what was read anew; never if that did not come. */
  function whenRead(then: () => void): void {
    const isRead = (queryKey: QueryKey) =>
      queries
        .getQueryCache()
        .findAll({ queryKey, type: 'active' })
        .every((query) => !query.state.isInvalidated);
    // Whoever shows a query is told of its answer by a timer of its own, set before this one.
    if (refresh.every(isRead)) setTimeout(then);
  }
  return { ...change, mutate, whenRead };
}
