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
      return failure.detail || failure.title || words.unknown;
  }
}
