import { Circle, CircleDashed, CircleMinus, CircleOff, Coffee, type LucideIcon } from 'lucide-react';
import type { PresenceName } from '@engage/client/src/agent';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

const ICONS: Record<PresenceName, LucideIcon> = {
  available: Circle,
  busy: CircleMinus,
  away: CircleDashed,
  break: Coffee,
  offline: CircleOff,
};

const set = (presence: PresenceName): Action => ({
  id: `presence_${presence}`,
  label: texts.presence.names[presence],
  group: 'presence',
  icon: ICONS[presence],
  shortcut: null,
  isAllowed: ({ desk }) => desk.work.store.get().presence.presence !== presence,
  run: ({ desk }) => desk.work.setPresence(presence, null),
});

export const setAvailable = set('available');
export const setBusy = set('busy');
export const setAway = set('away');
export const setBreak = set('break');
export const setOffline = set('offline');
