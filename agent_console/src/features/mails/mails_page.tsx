import { useInfiniteQuery } from '@tanstack/react-query';
import {
  CircleAlert,
  CircleCheck,
  Clock,
  CloudOff,
  HardDrive,
  Mailbox,
  MailOpen,
  type LucideIcon,
  Undo2,
} from 'lucide-react';
import type { MailState, MailSummary } from '@engage/client/src/agent';
import { useNow } from '../../state/clock';
import { useDesk } from '../../state/desk_context';
import { RouteLink } from '../../state/route_link';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { classNames } from '../../ui/class_names';
import { Empty } from '../../ui/empty';
import { Skeleton } from '../../ui/skeleton';
import { exactTime, listTime } from '../../ui/time_words';
import { MailPane } from './mail_pane';
import './mails_page.css';

const ICONS: Record<MailState, LucideIcon> = {
  queued: Clock,
  sent: CircleCheck,
  kept: HardDrive,
  dead: CircleAlert,
  withdrawn: Undo2,
  delayed: Clock,
  bounced: CircleAlert,
};

export function MailStateMark({ state }: { state: MailState }) {
  const Icon = ICONS[state];
  return (
    <span className={`mail-state mail-${state}`} title={texts.mails.state_hints[state]}>
      <Icon size={12} aria-hidden />
      {texts.mails.states[state]}
    </span>
  );
}

const LOOK_AGAIN_MS = 15_000;

export function MailsPage({ mailId }: { mailId: string | null }) {
  const { door } = useDesk();
  const mails = useInfiniteQuery({
    queryKey: ['mails'],
    queryFn: ({ pageParam }) => door.mails(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: LOOK_AGAIN_MS,
  });
  return (
    <div className={classNames('mails-page', mailId !== null && 'has-open')}>
      <section className="mails-list-pane" aria-label={texts.mails.label}>
        <header>
          <h1>{texts.mails.label}</h1>
          <p>{texts.mails.lead}</p>
        </header>
        <MailList mails={mails} mailId={mailId} />
      </section>
      <section className="mail-pane" aria-label={texts.mails.body}>
        {mailId === null ? (
          <Empty icon={MailOpen} title={texts.mails.none} hint={texts.mails.none_hint} />
        ) : (
          <MailPane key={mailId} id={mailId} />
        )}
      </section>
    </div>
  );
}

type MailsQuery = ReturnType<typeof useInfiniteQuery<{ items: MailSummary[] }>>;

interface MailListProps {
  mails: Pick<
    MailsQuery,
    'isPending' | 'isError' | 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage' | 'refetch'
  > & {
    data: { pages: { items: MailSummary[] }[] } | undefined;
  };
  mailId: string | null;
}

function MailList({ mails, mailId }: MailListProps) {
  const now = useNow();
  if (mails.isPending) return <Skeleton shape="rows" />;
  if (mails.isError || !mails.data) {
    return (
      <Empty icon={CloudOff} title={texts.mails.failed}>
        <Button onClick={() => void mails.refetch()}>{texts.retry}</Button>
      </Empty>
    );
  }
  const items = mails.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return <Empty icon={Mailbox} title={texts.mails.empty} hint={texts.mails.empty_hint} />;
  }
  return (
    <div className="mails-list">
      <ul>
        {items.map((mail) => (
          <li key={mail.id} className={classNames('mail-row', mail.id === mailId && 'is-open')}>
            <RouteLink
              to={{ page: 'mails', mail_id: mail.id }}
              aria-current={mail.id === mailId ? 'page' : undefined}
            >
              <span className="mail-row-top">
                <span className="truncate">{mail.to}</span>
                <time className="numbers" dateTime={mail.created_at} title={exactTime(mail.created_at)}>
                  {listTime(mail.created_at, now)}
                </time>
              </span>
              <span className="mail-row-subject truncate">{mail.subject}</span>
              <MailStateMark state={mail.state} />
            </RouteLink>
          </li>
        ))}
      </ul>
      {mails.hasNextPage && (
        <div className="mails-more">
          <Button look="quiet" disabled={mails.isFetchingNextPage} onClick={() => void mails.fetchNextPage()}>
            {mails.isFetchingNextPage ? texts.loading : texts.work.more}
          </Button>
        </div>
      )}
    </div>
  );
}
