import { Merge } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const merge: Action = {
  id: 'merge',
  label: texts.merging.act,
  group: 'conversation',
  icon: Merge,
  shortcut: null,
  toolbar: 'more',
  isAllowed: ({ desk, conversation_id, item, is_mine }) => {
    const isFree = item === null || is_mine || FREE.has(item.state);
    const others = conversation_id && desk.talk.ready(conversation_id)?.facts.earlier;
    return isFree && !!others && others.length > 0;
  },
  run: ({ desk }) => desk.dialog.set('merge'),
};

/** Work that is in nobody's hands. */
const FREE: ReadonlySet<string> = new Set(['queued', 'closed', 'abandoned']);
