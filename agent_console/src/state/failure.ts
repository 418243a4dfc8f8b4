import { Problem } from '@engage/client';
import { texts } from '../texts';

/** What a person is told when a request did not succeed: our words for what we know, else the server's. */
export function wordsFor(failure: unknown): string {
  const words = texts.failure;
  if (!(failure instanceof Problem)) return words.unknown;
  switch (failure.code) {
    case 'unreachable':
    case 'timed_out':
      return words.unreachable;
    case 'wrong_credentials':
      return words.wrong_credentials;
    case 'too_many_attempts':
      return words.too_many_attempts(failure.retryAfterMs);
    case 'offer_gone':
      return words.offer_gone;
    case 'target_absent':
      return words.target_absent;
    default:
      return refusalWords(failure.code, failure.detail || failure.title || words.unknown);
  }
}

/** The server's sentence in the agent's language. */
export function refusalWords(code: string, detail: string): string {
  return texts.problems[code] ?? detail;
}

/** What the server's checks say about one field, as they phrase it. */
const FIELD_PROBLEMS: readonly [RegExp, (found: string) => string][] = [
  [/^(?:Field required|required)$/, () => texts.field_problems.required],
  [/at least 1 character/, () => texts.field_problems.required],
  [/at most (\d+) characters?/, (most) => texts.field_problems.at_most(most)],
  [/at least (\d+) characters?/, (least) => texts.field_problems.at_least(least)],
  [/less than or equal to (\S+)/, (most) => texts.field_problems.most(most)],
  [/greater than or equal to (\S+)/, (least) => texts.field_problems.least(least)],
  [/valid (?:integer|number)/, () => texts.field_problems.number],
];

export function fieldWords(message: string): string {
  for (const [pattern, words] of FIELD_PROBLEMS) {
    const found = pattern.exec(message);
    if (found) return words(found[1] ?? '');
  }
  return texts.field_problems.other ?? message.replace(/^Value error, /, '');
}
