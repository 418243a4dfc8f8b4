import { PanelRight } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const toggleDetails: Action = {
  id: 'toggle_details',
  label: texts.actions.details,
  group: 'conversation',
  icon: PanelRight,
  shortcut: 'V',
  isAllowed: ({ conversation_id }) => conversation_id !== null,
  run: ({ desk }) => desk.preferences.update((all) => ({ ...all, context_pane: !all.context_pane })),
};
