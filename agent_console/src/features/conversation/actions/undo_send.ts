import { Undo2 } from 'lucide-react';
import { noMails } from '../../../state/mail_keeper';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const undoSend: Action = {
  id: 'undo_send',
  label: texts.mail.undo_send,
  group: 'conversation',
  icon: Undo2,
  shortcut: 'Mod+Shift+U',
  isAllowed: ({ desk, conversation_id }) =>
    [...(desk.mails.store.get().get(conversation_id ?? '') ?? noMails).sent.values()].some(
      (mail) => mail.state === 'queued' && mail.left_at === null,
    ),
  run: ({ desk }) => desk.requests.ask('undo_send'),
};
