import type { ConversationFacts } from '../../state/conversation';
import type { Desk } from '../../state/desk';
import { wordsFor } from '../../state/failure';

const ROUTE = '/api/v1/agent/conversations/{conversation_id}/labels/{label_id}';

/** Shown at once, as if the server had told it already; its own event confirms, a refusal takes it back. */
export function setLabel(desk: Desk, facts: ConversationFacts, labelId: string, isOn: boolean): void {
  const { id } = facts.conversation;
  const others = facts.label_ids.filter((one) => one !== labelId);
  const show = (label_ids: string[]) => desk.hear({ type: 'labels_changed', conversation_id: id, label_ids });
  show(isOn ? [...others, labelId] : others);
  const path = { conversation_id: id, label_id: labelId };
  const sent = isOn ? desk.api.put(ROUTE, undefined, { path }) : desk.api.delete(ROUTE, { path });
  sent.catch((failure: unknown) => {
    show(facts.label_ids);
    desk.notices.say(wordsFor(failure), 'bad');
  });
}
