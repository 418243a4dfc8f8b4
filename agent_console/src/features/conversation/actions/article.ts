import { BookOpen } from 'lucide-react';
import type { Action } from '../../../state/action';
import { texts } from '../../../texts';

export const article: Action = {
  id: 'article',
  label: texts.actions.article,
  group: 'conversation',
  icon: BookOpen,
  shortcut: 'I',
  isAllowed: ({ is_mine, part }) => is_mine || part === 'conference',
  run: ({ desk }) => desk.requests.ask('insert_article'),
};
