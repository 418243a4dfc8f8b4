import { Split, Undo2 } from 'lucide-react';
import type { Details, Entry } from '@engage/client';
import { RouteLink } from '../../state/route_link';
import { useDesk } from '../../state/desk_context';
import { useValue } from '../../state/store';
import { texts } from '../../texts';
import { ClockTime } from '../../ui/time';

type SplitDetails = Extract<Details, { type: 'split' }>;

function wordsOf({ what, agent_name, topic, count }: SplitDetails): string {
  const { split, unmerge } = texts.tickets;
  switch (what) {
    case 'into':
      return split.into(agent_name, topic, count);
    case 'from':
      return split.from(agent_name, topic);
    case 'unmerged':
      return unmerge.kept(agent_name, topic);
    case 'restored':
      return unmerge.back(agent_name, topic);
  }
}

/** What went to another conversation, or came from it, with the way there. */
export function SplitLine({ entry, details }: { entry: Entry; details: SplitDetails }) {
  const { router } = useDesk();
  const route = useValue(router.route);
  const Icon = details.what === 'into' || details.what === 'from' ? Split : Undo2;
  const to = route.page === 'work' ? { ...route, conversation_id: details.conversation_id } : null;
  return (
    <p className="entry-line">
      <Icon size={13} aria-hidden />
      <span dir="auto">{wordsOf(details)}</span>
      {to && <RouteLink to={to}>{texts.tickets.split.open}</RouteLink>}
      <ClockTime at={entry.created_at} />
    </p>
  );
}
