import { CheckCheck } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const finish: Action = {
  id: 'finish',
  label: texts.actions.finish,
  group: 'conversation',
  icon: CheckCheck,
  shortcut: 'Mod+Enter',
  isAllowed: ({ desk, item }) =>
    item?.state === 'wrapping_up' && item.agent?.id === desk.work.store.get().me.id,
  run: ({ desk }) => desk.requests.ask('finish_wrap_up'),
};
