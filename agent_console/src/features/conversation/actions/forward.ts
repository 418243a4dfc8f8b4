import { Forward } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const forward: Action = {
  id: 'forward',
  label: texts.tickets.forward.newest,
  group: 'conversation',
  icon: Forward,
  shortcut: null,
  isAllowed: ({ desk, conversation_id }) =>
    !!conversation_id &&
    !!desk.talk
      .ready(conversation_id)
      ?.timeline.entries.some((entry) => entry.kind === 'message' && entry.author.kind === 'visitor'),
  run: ({ desk }) => desk.dialog.set('forward'),
};
