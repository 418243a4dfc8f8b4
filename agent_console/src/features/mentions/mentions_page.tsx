import { useInfiniteQuery } from '@tanstack/react-query';
import { AtSign, CloudOff } from 'lucide-react';
import type { MentionItem } from '@engage/client/src/agent';
import { useNow } from '../../state/clock';
import { useDesk } from '../../state/desk_context';
import { RouteLink } from '../../state/route_link';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { Avatar } from '../../ui/avatar';
import { Button } from '../../ui/button';
import { classNames } from '../../ui/class_names';
import { Empty } from '../../ui/empty';
import { Skeleton } from '../../ui/skeleton';
import { exactTime, listTime } from '../../ui/time_words';
import './mentions_page.css';

const words = texts.desk.mentions;

/** Notes that name me, the newest first. */
export function MentionsPage() {
  const { api, work } = useDesk();
  const unread = useStore(work.store, (state) => state.unread_mentions);
  const mentions = useInfiniteQuery({
    queryKey: ['mentions', unread],
    queryFn: ({ pageParam }) => api.get('/api/v1/agent/mentions', { query: { cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (before) => before,
  });
  const items = mentions.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="mentions-page" aria-label={words.title}>
      <h1>{words.title}</h1>
      {mentions.isPending && <Skeleton shape="rows" />}
      {mentions.isError && (
        <Empty icon={CloudOff} title={words.failed}>
          <Button onClick={() => void mentions.refetch()}>{texts.retry}</Button>
        </Empty>
      )}
      {mentions.isSuccess && items.length === 0 && (
        <Empty icon={AtSign} title={words.empty} hint={words.empty_hint} />
      )}
      {items.length > 0 && (
        <ul>
          {items.map((mention) => (
            <Row key={mention.id} mention={mention} />
          ))}
        </ul>
      )}
      {mentions.hasNextPage && (
        <Button look="quiet" onClick={() => void mentions.fetchNextPage()}>
          {texts.work.more}
        </Button>
      )}
    </section>
  );
}

function Row({ mention }: { mention: MentionItem }) {
  const now = useNow();
  return (
    <li className={classNames('mention', !mention.read && 'is-new')}>
      <RouteLink to={{ page: 'work', view: 'mine', conversation_id: mention.conversation_id }}>
        <Avatar name={mention.by} size={32} />
        <span className="mention-words">
          <span className="mention-top">
            <span>
              <strong>{mention.by}</strong> {words.in(mention.visitor_name || texts.nobody)}
            </span>
            {!mention.read && <span className="mention-new">{words.new}</span>}
            <time className="numbers" dateTime={mention.at} title={exactTime(mention.at)}>
              {listTime(mention.at, now)}
            </time>
          </span>
          <span className="mention-text" dir="auto">
            {mention.text}
          </span>
        </span>
      </RouteLink>
    </li>
  );
}
