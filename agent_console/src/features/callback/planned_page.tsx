import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { CalendarClock, CloudOff, PhoneCall, SearchX } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../state/desk_context';
import { RouteLink } from '../../state/route_link';
import { useSettled } from '../../state/use_search';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { SearchField } from '../../ui/search_field';
import { Skeleton } from '../../ui/skeleton';
import { exactTime, shortMoment } from '../../ui/time_words';
import { CancelDialog, MoveDialog } from './planned_dialogs';
import './planned_page.css';

export type Planned = components['schemas']['PlannedCallback'];
const LOOK_AGAIN_MS = 15_000;
const words = texts.planned;

/** The call-backs to come, the next one first; a supervisor moves and cancels them. */
export function PlannedPage() {
  const [typed, setTyped] = useState('');
  return (
    <section className="planned-page" aria-label={words.title}>
      <header>
        <div>
          <h1>{words.title}</h1>
          <p>{words.lead}</p>
        </div>
        <SearchField
          label={words.search}
          clearLabel={texts.work.clear_search}
          value={typed}
          onChange={setTyped}
        />
      </header>
      <PlannedList name={useSettled(typed.trim())} />
    </section>
  );
}

function PlannedList({ name }: { name: string }) {
  const { api } = useDesk();
  const query = useQuery({
    queryKey: ['planned', name],
    queryFn: () => api.get('/api/v1/agent/callbacks', { query: { name } }),
    refetchInterval: LOOK_AGAIN_MS,
    placeholderData: (before) => before,
  });
  const [open, setOpen] = useState<{ row: Planned; asks: 'move' | 'cancel' } | null>(null);
  if (query.isPending) return <Skeleton shape="rows" />;
  if (query.data === undefined) {
    return (
      <Empty icon={CloudOff} title={words.failed}>
        <Button onClick={() => void query.refetch()}>{texts.retry}</Button>
      </Empty>
    );
  }
  const { items, more } = query.data;
  if (items.length === 0) {
    return name === '' ? (
      <Empty icon={PhoneCall} title={words.empty} hint={words.empty_hint} />
    ) : (
      <Empty icon={SearchX} title={texts.work.nothing_found(name)} />
    );
  }
  return (
    <div className="planned-body">
      <ul className="planned-list">
        {items.map((row) => (
          <PlannedRow key={row.id} row={row} onAsk={(asks) => setOpen({ row, asks })} />
        ))}
      </ul>
      {more && <p className="planned-more">{words.more}</p>}
      {open?.asks === 'move' && <MoveDialog row={open.row} onClose={() => setOpen(null)} />}
      {open?.asks === 'cancel' && <CancelDialog row={open.row} onClose={() => setOpen(null)} />}
    </div>
  );
}

function PlannedRow({ row, onAsk }: { row: Planned; onAsk: (asks: 'move' | 'cancel') => void }) {
  const name = row.visitor_name || texts.nobody;
  return (
    <li>
      <p className="planned-when">
        <CalendarClock size={15} aria-hidden />
        {row.slot_at ? (
          <time className="numbers" dateTime={row.slot_at} title={exactTime(row.slot_at)}>
            {shortMoment(row.slot_at)}
          </time>
        ) : (
          words.at_once
        )}
        <span className="planned-state" data-state={row.state}>
          {words.states[row.state]}
        </span>
      </p>
      <p className="planned-who">
        <RouteLink to={{ page: 'work', view: 'all', conversation_id: row.conversation_id }}>
          <bdi>{name}</bdi>
        </RouteLink>
        <span className="numbers" dir="ltr">
          {row.number}
        </span>
      </p>
      <p className="planned-facts">
        <bdi>{row.queue_name}</bdi>
        {row.attempts > 0 && <span>{words.tries(row.attempts)}</span>}
        {row.agent_name && <bdi>{words.by(row.agent_name)}</bdi>}
      </p>
      {(row.can_move || row.can_cancel) && (
        <p className="planned-acts">
          {row.can_move && (
            <Button aria-label={words.move_of(name)} onClick={() => onAsk('move')}>
              {words.move}
            </Button>
          )}
          {row.can_cancel && (
            <Button look="quiet" aria-label={words.cancel_of(name)} onClick={() => onAsk('cancel')}>
              {words.cancel}
            </Button>
          )}
        </p>
      )}
    </li>
  );
}
