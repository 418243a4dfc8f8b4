import { BookOpen } from 'lucide-react';
import type { Action } from '../../../state/action';
import { can } from '../../../state/workspace';
import { texts } from '../../../texts';

export const article: Action = {
  id: 'article',
  label: texts.actions.article,
  group: 'conversation',
  icon: BookOpen,
  shortcut: 'I',
  isAllowed: ({ desk, item, is_mine, part }) =>
    (is_mine || part === 'conference') &&
    item !== null &&
    can(desk.work.store.get(), item.channel, 'articles'),
  run: ({ desk }) => desk.requests.ask('insert_article'),
};
