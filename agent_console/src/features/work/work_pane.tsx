import { useEffect, useRef, useState } from 'react';
import { useDesk, useRequest } from '../../state/desk_context';
import type { WorkPlace } from '../../state/route';
import { RouteLink } from '../../state/route_link';
import { useStore, useValue } from '../../state/store';
import { waitingCount } from '../../state/workspace';
import { texts } from '../../texts';
import { classNames } from '../../ui/class_names';
import { SearchField } from '../../ui/search_field';
import { ClosedList, SearchList } from './found_lists';
import { MineList, QueueList } from './live_lists';
import './work_pane.css';

const PLACES: readonly WorkPlace[] = ['mine', 'queue', 'closed'];
const SEARCH_PAUSE_MS = 180;

/** The words after the agent has stopped typing for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SEARCH_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return value === '' ? '' : settled;
}

export function WorkPane({ view }: { view: WorkPlace }) {
  const [search, setSearch] = useState('');
  const settled = useSettled(search.trim());
  const field = useRef<HTMLInputElement>(null);
  const pane = useRef<HTMLElement>(null);
  useRequest('focus_search', () => field.current?.focus());
  useRequest('next_row', () => step(1));
  useRequest('previous_row', () => step(-1));

  function step(by: 1 | -1): void {
    const rows = [...(pane.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const at = rows.findIndex((row) => row.getAttribute('aria-current') === 'page');
    const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
    next?.click();
    next?.scrollIntoView({ block: 'nearest' });
  }

  return (
    <section className="work-pane" ref={pane} aria-label={texts.work.label}>
      <header className="work-pane-header">
        <h1>{texts.work.label}</h1>
        <SearchField
          label={texts.work.search}
          clearLabel={texts.work.clear_search}
          value={search}
          onChange={setSearch}
          field={field}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || event.key === 'Enter') step(1);
            else if (event.key === 'Escape' && search !== '') setSearch('');
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
      </header>
      {search.trim() === '' ? (
        <>
          <Places view={view} />
          <div className="work-pane-list">
            {view === 'mine' && <MineList />}
            {view === 'queue' && <QueueList />}
            {view === 'closed' && <ClosedList />}
          </div>
        </>
      ) : (
        <div className="work-pane-list">
          <SearchList query={settled} view={view} />
        </div>
      )}
    </section>
  );
}

function Places({ view }: { view: WorkPlace }) {
  const { work, router } = useDesk();
  const mine = useStore(work.store, (state) => state.mine.length);
  const waiting = useStore(work.store, waitingCount);
  const route = useValue(router.route);
  const counts: Record<WorkPlace, number | null> = { mine, queue: waiting, closed: null };
  return (
    <nav className="places" aria-label={texts.work.label}>
      {PLACES.map((place) => (
        <RouteLink
          key={place}
          className={classNames('place', place === view && 'is-chosen')}
          aria-current={place === view ? 'true' : undefined}
          to={{
            page: 'work',
            view: place,
            conversation_id: route.page === 'work' ? route.conversation_id : null,
          }}
        >
          {texts.work.views[place]}
          {counts[place] !== null && <span className="place-count numbers">{counts[place]}</span>}
        </RouteLink>
      ))}
    </nav>
  );
}
