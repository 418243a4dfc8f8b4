import { ListStart } from 'lucide-react';
import type { Action } from '../../../state/action';
import type { Desk } from '../../../state/desk';
import { waitingItems } from '../../../state/workspace';
import { texts } from '../../../texts';
import { focusReply } from '../../../state/focus_reply';

const somebodyWaits = (desk: Desk) =>
  waitingItems(desk.work.store.get()).some((item) => item.state === 'queued');

export const takeNext: Action = {
  id: 'take_next',
  label: texts.actions.take_next,
  group: 'work',
  icon: ListStart,
  shortcut: 'Q',
  isAllowed: ({ desk }) => somebodyWaits(desk),
  /** Which one that is, priorities, skills and room say: the server knows them. */
  async run({ desk }) {
    const item = await desk.work.pullNext();
    if (item === null) return;
    desk.router.go({ page: 'work', view: 'mine', conversation_id: item.conversation_id });
    focusReply(desk);
  },
};
