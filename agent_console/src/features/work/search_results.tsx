import { CloudOff, SearchX } from 'lucide-react';
import type { Answer } from '@engage/client';
import { serverNow } from '../../state/clock';
import { useDesk, useOpenConversationId, useRequest } from '../../state/desk_context';
import type { Route, WorkPlace } from '../../state/route';
import { RouteLink } from '../../state/route_link';
import { useSearch } from '../../state/use_search';
import { texts } from '../../texts';
import { Avatar } from '../../ui/avatar';
import { Button } from '../../ui/button';
import { ChannelMark } from '../../ui/channel_mark';
import { Empty } from '../../ui/empty';
import { Skeleton } from '../../ui/skeleton';
import { exactTime, listTime } from '../../ui/time_words';
import './search_results.css';

type Found = Answer<'/api/v1/agent/search', 'get'>;
type FoundConversation = Found['conversations'][number];

const words = () => texts.lists;

/** People first, then what was said, with the words marked. */
export function SearchResults({ query, view }: { query: string; view: WorkPlace }) {
  const found = useSearch(query);
  const { router } = useDesk();
  const openId = useOpenConversationId();
  const conversations = found.data?.conversations ?? [];
  const routeTo = (id: string): Route => ({ page: 'work', view, conversation_id: id });
  const step = (by: 1 | -1) => {
    const at = conversations.findIndex(({ item }) => item.conversation_id === openId);
    const next = conversations[at < 0 ? (by > 0 ? 0 : conversations.length - 1) : at + by];
    if (next) router.go(routeTo(next.item.conversation_id));
  };
  useRequest('next_row', () => step(1));
  useRequest('previous_row', () => step(-1));

  if (found.isError) {
    return (
      <Empty icon={CloudOff} title={words().search_failed}>
        <Button onClick={() => void found.refetch()}>{texts.retry}</Button>
      </Empty>
    );
  }
  if (!found.data) return query.length < 2 ? null : <Skeleton shape="rows" />;
  if (conversations.length + found.data.contacts.length === 0) {
    return (
      <Empty icon={SearchX} title={texts.work.nothing_found(query)} hint={texts.work.nothing_found_hint} />
    );
  }
  return (
    <div className="work-pane-list" role="region" aria-label={words().found} aria-busy={found.isFetching}>
      {found.data.contacts.length > 0 && (
        <section>
          <h2 className="found-heading">{words().people}</h2>
          <ul className="found-list">
            {found.data.contacts.map((contact) => (
              <li key={contact.id}>
                <RouteLink className="found-row" to={{ page: 'people', contact_id: contact.id }}>
                  <span className="found-top">
                    <Avatar name={contact.name || contact.email || texts.nobody} size={20} />
                    <span className="truncate" dir="auto">
                      {contact.name || contact.email || texts.nobody}
                    </span>
                    <small>{words().talks(contact.talks)}</small>
                  </span>
                  {contact.name && contact.email && <bdi className="found-excerpt">{contact.email}</bdi>}
                </RouteLink>
              </li>
            ))}
          </ul>
        </section>
      )}
      {conversations.length > 0 && (
        <section>
          <h2 className="found-heading">{words().conversations}</h2>
          <ul className="found-list">
            {conversations.map((one) => (
              <li key={one.item.engagement_id}>
                <FoundRow found={one} to={routeTo(one.item.conversation_id)} openId={openId} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function FoundRow({ found, to, openId }: { found: FoundConversation; to: Route; openId: string | null }) {
  const { item, excerpt } = found;
  return (
    <RouteLink
      className="found-row work-row"
      to={to}
      aria-current={item.conversation_id === openId ? 'page' : undefined}
      data-row
    >
      <span className="found-top">
        <ChannelMark channel={item.channel} />
        <span className="truncate" dir="auto">
          {item.visitor.name || texts.nobody}
        </span>
        <time className="numbers" dateTime={item.last_at} title={exactTime(item.last_at)}>
          {listTime(item.last_at, serverNow())}
        </time>
      </span>
      <span className="found-excerpt" dir="auto">
        {excerpt.length === 0
          ? item.last_text || item.topic || texts.work.no_topic
          : excerpt.map((piece, at) =>
              piece.is_match ? <mark key={at}>{piece.text}</mark> : <span key={at}>{piece.text}</span>,
            )}
      </span>
    </RouteLink>
  );
}
