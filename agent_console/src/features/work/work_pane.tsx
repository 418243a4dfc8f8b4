import { useRef, useState } from 'react';
import { useDesk, useRequest } from '../../state/desk_context';
import type { Route, WorkPlace } from '../../state/route';
import { RouteLink } from '../../state/route_link';
import { useStore, useValue } from '../../state/store';
import { waitingCount } from '../../state/workspace';
import { texts } from '../../texts';
import { classNames } from '../../ui/class_names';
import { SearchField } from '../../ui/search_field';
import { FilterBar } from './filter_bar';
import { FoundList } from './found_lists';
import { MineList, QueueList } from './live_lists';
import { SearchResults } from './search_results';
import './work_pane.css';

const PLACES: readonly WorkPlace[] = ['mine', 'queue', 'closed', 'all'];

export function WorkPane({ view, filters }: Pick<Extract<Route, { page: 'work' }>, 'view' | 'filters'>) {
  const { requests } = useDesk();
  const [search, setSearch] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useRequest('focus_search', () => field.current?.focus());
  const query = search.trim();
  return (
    <section className="work-pane" aria-label={texts.work.label}>
      <header className="work-pane-header">
        <h1>{texts.work.label}</h1>
        <SearchField
          label={texts.work.search}
          clearLabel={texts.work.clear_search}
          value={search}
          onChange={setSearch}
          field={field}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || event.key === 'Enter') requests.ask('next_row');
            else if (event.key === 'ArrowUp') requests.ask('previous_row');
            else if (event.key === 'Escape' && search !== '') setSearch('');
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
      </header>
      {query === '' && (
        <>
          <Places view={view} />
          <FilterBar place={view} filters={filters} />
        </>
      )}
      <div className="work-pane-body">
        {query === '' ? <List place={view} filters={filters} /> : <SearchResults query={query} view={view} />}
      </div>
    </section>
  );
}

function List({ place, filters }: { place: WorkPlace; filters: string | undefined }) {
  switch (place) {
    case 'mine':
      return <MineList filters={filters} />;
    case 'queue':
      return <QueueList filters={filters} />;
    case 'closed':
    case 'all':
      return <FoundList key={place} place={place} filters={filters} />;
  }
}

function Places({ view }: { view: WorkPlace }) {
  const { work, router } = useDesk();
  const mine = useStore(work.store, (state) => state.mine.length);
  const waiting = useStore(work.store, waitingCount);
  const route = useValue(router.route);
  const counts: Record<WorkPlace, number | null> = { mine, queue: waiting, closed: null, all: null };
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
          {place === 'all' ? texts.lists.all : texts.work.views[place]}
          {counts[place] !== null && <span className="place-count numbers">{counts[place]}</span>}
        </RouteLink>
      ))}
    </nav>
  );
}
