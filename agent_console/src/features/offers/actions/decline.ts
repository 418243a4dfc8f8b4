import { X } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';
import { decline as declineOffer } from '../decline';

export const decline: Action = {
  id: 'decline',
  label: texts.actions.decline,
  group: 'offer',
  icon: X,
  shortcut: 'D',
  isAllowed: ({ offer }) => offer !== null,
  run: ({ desk, offer }) => (offer ? declineOffer(desk, offer) : undefined),
};
