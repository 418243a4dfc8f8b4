import type { WorkItem } from '@engage/client/src/agent';
import type { Desk } from '../../state/desk';
import { focusReply } from '../../state/focus_reply';

/** Takes waiting work onto the own desk and opens it. */
export async function takeItem(desk: Desk, item: WorkItem): Promise<void> {
  desk.router.go({ page: 'work', view: 'mine', conversation_id: item.conversation_id });
  const taken = await desk.work.pull(item);
  if (taken) focusReply(desk);
}

/** Takes closed work up again, such as a mail that is to be answered once more. */
export async function reopenItem(desk: Desk, item: WorkItem): Promise<void> {
  const { conversation_id } = item;
  if (!(await desk.work.reopen(item))) return;
  desk.router.go({ page: 'work', view: 'mine', conversation_id });
  focusReply(desk);
}
