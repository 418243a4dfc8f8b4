import { LogOut } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';
import { leaveTalk, sendAway } from '../party_acts';

/** A party goes; the holder of a conference leaves it to the others. */
export const leaveParty: Action = {
  id: 'leave_party',
  label: texts.parties.leave_talk,
  group: 'conversation',
  icon: LogOut,
  shortcut: 'Shift+L',
  toolbar: 'more',
  isAllowed: ({ is_mine, part, item }) =>
    part !== null ||
    (is_mine && (item?.parties.some((one) => one.role === 'conference' && one.joined_at) ?? false)),
  async run({ desk, item, part }) {
    if (!item) return;
    if (part) await sendAway(desk, item, desk.work.store.get().me.id);
    else await leaveTalk(desk, item);
  },
};
