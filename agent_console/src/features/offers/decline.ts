import type { DeclineReason, Offer } from '@engage/client/src/agent';
import type { Desk } from '../../state/desk';

/** What the site of an offer lets its agents say; who is only asked in needs no reason. */
export function reasonsFor(desk: Desk, offer: Offer): readonly DeclineReason[] {
  if (offer.role !== 'holder') return [];
  return desk.work.store.get().decline_reasons.filter(({ site_id }) => site_id === offer.engagement.site.id);
}

/** Asks why first, if the site has reasons; the second time it goes without one. */
export function decline(desk: Desk, offer: Offer): void {
  const isAsked = desk.declining.get() === offer.id;
  if (!isAsked && reasonsFor(desk, offer).length > 0) desk.declining.set(offer.id);
  else declineFor(desk, offer, null);
}

export function declineFor(desk: Desk, offer: Offer, reason: DeclineReason | null): void {
  desk.declining.set(null);
  void desk.work.decline(offer, reason?.id ?? null);
}
