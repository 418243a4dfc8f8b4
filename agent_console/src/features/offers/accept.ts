import type { Offer } from '@engage/client/src/agent';
import type { Desk } from '../../state/desk';
import { focusReply } from '../../state/focus_reply';

/** Opens the conversation at once; the server's answer confirms it or takes it back. */
export async function acceptOffer(desk: Desk, offer: Offer): Promise<void> {
  // A party may see the conversation only once he is in.
  if (offer.role !== 'holder') return join(desk, offer);
  const before = desk.router.route.get();
  desk.router.go({ page: 'work', view: 'mine', conversation_id: offer.engagement.conversation_id });
  const accepted = await desk.work.accept(offer);
  if (accepted) focusReply(desk);
  else desk.router.go(before);
}

async function join(desk: Desk, offer: Offer): Promise<void> {
  if (!(await desk.work.accept(offer))) return;
  desk.router.go({ page: 'work', view: 'mine', conversation_id: offer.engagement.conversation_id });
  focusReply(desk);
}
