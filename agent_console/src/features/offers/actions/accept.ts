import { Check } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';
import { acceptOffer } from '../accept';

export const accept: Action = {
  id: 'accept',
  label: texts.actions.accept,
  group: 'offer',
  icon: Check,
  shortcut: 'Enter',
  isAllowed: ({ offer }) => offer !== null,
  run: ({ desk, offer }) => (offer ? acceptOffer(desk, offer) : undefined),
};
