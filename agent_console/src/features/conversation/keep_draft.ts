import { withTakenBack, type Drafts } from '../../state/drafts';
import type { OutgoingRow } from '../../state/sender';
import { addReady } from './extras';

/** Puts a message that was not sent back into its composer, with its files and its article. */
export function keepDraft(drafts: Drafts, outgoing: OutgoingRow): void {
  const tab = outgoing.kind === 'note' ? 'note' : 'reply';
  drafts.of(outgoing.conversation_id).update((draft) => withTakenBack(draft, tab, outgoing.text));
  addReady(outgoing.conversation_id, outgoing.attachments);
}
