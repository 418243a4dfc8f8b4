import { useEffect, useRef, useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronLeft, CloudOff, Download, SearchX, UserRound, Users } from 'lucide-react';
import { useNow } from '../../state/clock';
import { useDesk } from '../../state/desk_context';
import { RouteLink } from '../../state/route_link';
import { useStore } from '../../state/store';
import { useSettled } from '../../state/use_search';
import { texts } from '../../texts';
import { Avatar } from '../../ui/avatar';
import { Button, IconButton } from '../../ui/button';
import { classNames } from '../../ui/class_names';
import { Empty } from '../../ui/empty';
import { SearchField } from '../../ui/search_field';
import { Skeleton } from '../../ui/skeleton';
import { listTime } from '../../ui/time_words';
import { ContactCard } from './contact_card';
import type { ContactRow } from './use_contact';
import './contact_pane.css';
import './people_page.css';

const ROW_PX = 58;
const AHEAD = 10;

/** Everybody who is known, and the card of one. */
export function PeoplePage({ contactId }: { contactId: string | null }) {
  const [search, setSearch] = useState('');
  const words = texts.people;
  return (
    <div className={classNames('people-page', contactId !== null && 'has-open')}>
      <section className="people-list" aria-label={words.label}>
        <header>
          <div className="people-title">
            <h1>{words.label}</h1>
            <Export search={search.trim()} />
          </div>
          <SearchField
            label={words.search}
            clearLabel={texts.work.clear_search}
            value={search}
            onChange={setSearch}
          />
        </header>
        <People search={useSettled(search.trim())} openId={contactId} />
      </section>
      <section className="people-pane" aria-label={texts.contact.label}>
        {contactId === null ? (
          <Empty icon={UserRound} title={words.none} hint={words.none_hint} />
        ) : (
          <>
            <RouteLink className="people-back" to={{ page: 'people', contact_id: null }}>
              <ChevronLeft size={16} aria-hidden />
              {words.label}
            </RouteLink>
            {/* On a phone the list with its heading is not there. */}
            <h1 className="visually-hidden">{texts.contact.label}</h1>
            <ContactCard key={contactId} id={contactId} />
          </>
        )}
      </section>
    </div>
  );
}

function People({ search, openId }: { search: string; openId: string | null }) {
  const { api } = useDesk();
  const people = useInfiniteQuery({
    queryKey: ['people', search],
    queryFn: ({ pageParam, signal }) =>
      api.get('/api/v1/agent/contacts', { query: { search, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (before) => before,
  });
  if (people.isPending) return <Skeleton shape="rows" />;
  if (people.isError) {
    return (
      <Empty icon={CloudOff} title={texts.people.failed}>
        <Button onClick={() => void people.refetch()}>{texts.retry}</Button>
      </Empty>
    );
  }
  const items = people.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return search === '' ? (
      <Empty icon={Users} title={texts.people.empty} hint={texts.people.empty_hint} />
    ) : (
      <Empty icon={SearchX} title={texts.work.nothing_found(search)} />
    );
  }
  const readOn = people.hasNextPage && !people.isFetchingNextPage ? people.fetchNextPage : undefined;
  return <Rows items={items} openId={openId} onEnd={readOn} />;
}

interface RowsProps {
  items: readonly ContactRow[];
  openId: string | null;
  onEnd: (() => unknown) | undefined;
}

function Rows({ items, openId, onEnd }: RowsProps) {
  const now = useNow();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });
  const shown = list.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= items.length - AHEAD) onEnd?.();
  }, [items.length, last, onEnd]);
  return (
    <div className="people-scroller" ref={scroller}>
      <ul style={{ height: list.getTotalSize() }}>
        {shown.map((one) => {
          const person = items[one.index];
          return (
            person && (
              <li
                key={person.id}
                aria-setsize={-1}
                aria-posinset={one.index + 1}
                style={{ transform: `translateY(${one.start}px)`, height: ROW_PX }}
              >
                <RouteLink
                  className="people-row"
                  to={{ page: 'people', contact_id: person.id }}
                  aria-current={person.id === openId ? 'page' : undefined}
                >
                  <Avatar name={person.name || person.email || texts.nobody} size={32} />
                  <span className="people-row-words">
                    <strong className="truncate" dir="auto">
                      {person.name || person.email || texts.nobody}
                    </strong>
                    <span className="truncate">
                      {person.name && person.email ? person.email : texts.lists.talks(person.talks)}
                    </span>
                  </span>
                  {person.last_at && (
                    <time className="numbers" dateTime={person.last_at}>
                      {listTime(person.last_at, now)}
                    </time>
                  )}
                </RouteLink>
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

/** For supervisors; a file is made of what the search has left. */
function Export({ search }: { search: string }) {
  const { work, notices } = useDesk();
  const sites = useStore(work.store, (state) => state.me.sites);
  const site = sites.find((one) => one.rights.includes('supervise'));
  if (!site) return null;
  async function save(): Promise<void> {
    const answer = await fetch('/api/v1/agent/contacts/export', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Engage-Request': '1' },
      body: JSON.stringify({ site_id: site?.id, search }),
    }).catch(() => null);
    if (!answer?.ok) return notices.say(texts.people.export_failed, 'bad');
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    link.download = `people-${site?.key}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
  return <IconButton icon={Download} label={texts.people.export} onClick={() => void save()} />;
}
