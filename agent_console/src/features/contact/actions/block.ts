import { Ban } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const block: Action = {
  id: 'block',
  label: texts.blocks.act,
  group: 'conversation',
  icon: Ban,
  shortcut: null,
  toolbar: 'more',
  isAllowed: ({ conversation_id }) => conversation_id !== null,
  run: ({ desk }) => desk.dialog.set('block'),
};
