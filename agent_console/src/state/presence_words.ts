import type { PresenceName, PresenceReason } from '@engage/client/src/agent';
import { texts, voice } from '../texts';

/** A presence as it comes, with the reason in its words and, if it is one of a site's, by its id. */
export interface SaidPresence {
  presence: PresenceName;
  reason: string | null;
  reason_id: string | null;
}

const isCause = (reason: string): reason is keyof typeof texts.handling.presence.causes =>
  reason in texts.handling.presence.causes;

/** A reason of a site in the language of the console. */
export function reasonName({ names, label }: Pick<PresenceReason, 'names' | 'label'>): string {
  return names[voice.locale] ?? names[voice.language] ?? label;
}

/** What somebody is, in words: his reason if he has one. */
export function presenceWords(
  { presence, reason, reason_id }: SaidPresence,
  reasons: readonly PresenceReason[],
): string {
  const known = reasons.find(({ id }) => id === reason_id);
  if (known) return reasonName(known);
  if (!reason) return texts.presence.names[presence];
  return isCause(reason) ? texts.handling.presence.causes[reason] : reason;
}
