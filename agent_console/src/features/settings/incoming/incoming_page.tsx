import { useState } from 'react';
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Download, MailOpen, MessagesSquare, RotateCw, TriangleAlert } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { Empty } from '../../../ui/empty';
import { SelectField } from '../../../ui/form';
import { SearchField } from '../../../ui/search_field';
import { Skeleton } from '../../../ui/skeleton';
import { exactTime } from '../../../ui/time_words';
import { PageFrame } from '../page_frame';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import './incoming.css';

type Incoming = components['schemas']['IncomingMail'];
const words = texts.mail_admin.incoming;
const STATES = [
  'dead_letter',
  'waiting',
  'filed',
  'automatic',
  'bounce',
  'duplicate',
  'dropped_by_rule',
] as const;
type Shown = (typeof STATES)[number] | 'all';

export default function IncomingPage({ site }: SectionProps) {
  const { api } = useDesk();
  const [search, setSearch] = useState('');
  const [state, setState] = useState<Shown>('all');
  const path = { site_id: site.id };
  const list = useInfiniteQuery({
    queryKey: ['incoming_mails', site.id, search, state],
    queryFn: ({ pageParam, signal }) =>
      api.get('/api/v1/admin/sites/{site_id}/incoming-mails', {
        path,
        query: { search, state: state === 'all' ? null : state, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <PageFrame size="table" title={words.title} lead={words.lead}>
      <Alarm siteId={site.id} onShow={() => setState('dead_letter')} />
      <div className="incoming-filters">
        <SearchField
          label={words.search}
          clearLabel={texts.settings.clear}
          value={search}
          onChange={setSearch}
        />
        <SelectField
          label={words.shown}
          value={state}
          options={[
            { value: 'all', label: words.all },
            ...STATES.map((value) => ({ value, label: words.states[value] })),
          ]}
          onChange={setState}
        />
      </div>
      {list.isPending && <Skeleton shape="rows" />}
      {list.data && rows.length === 0 && (
        <Empty icon={MailOpen} title={words.empty} hint={words.empty_hint} />
      )}
      {rows.length > 0 && (
        <ul className="settings-rows">
          {rows.map((mail) => (
            <li key={mail.id} className="settings-row">
              <IncomingRow mail={mail} siteId={site.id} />
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </PageFrame>
  );
}

/** What waits for an admin, above all else. */
function Alarm({ siteId, onShow }: { siteId: string; onShow: () => void }) {
  const { api } = useDesk();
  const alarms = useQuery({ queryKey: ['mail_alarms'], queryFn: () => api.get('/api/v1/admin/mail-alarms') });
  const here = alarms.data?.items.find((alarm) => alarm.site_id === siteId);
  if (!here) return null;
  return (
    <div className="incoming-alarm" role="alert">
      <TriangleAlert size={16} aria-hidden />
      <div>
        {here.dead_letters > 0 && <p>{words.alarm_dead(here.dead_letters)}</p>}
        {here.mailboxes.map((box) => (
          <p key={box.id}>
            <strong dir="auto">{box.name}</strong>: {texts.mail_servers(box.trouble)}
          </p>
        ))}
      </div>
      {here.dead_letters > 0 && <Button onClick={onShow}>{words.states.dead_letter}</Button>}
    </div>
  );
}

function IncomingRow({ mail, siteId }: { mail: Incoming; siteId: string }) {
  const { api, router } = useDesk();
  const queries = useQueryClient();
  const subject = mail.subject || words.no_subject;
  const again = useChange(
    () => api.post('/api/v1/admin/incoming-mails/{raw_id}/retry', undefined, { path: { raw_id: mail.id } }),
    {
      refresh: [['incoming_mails', siteId]],
      said: words.again_said,
      onDone: () => void queries.invalidateQueries({ queryKey: ['mail_alarms'] }),
    },
  );
  const { conversation_id } = mail;
  return (
    <>
      <div className="settings-row-main">
        <strong dir="auto">{subject}</strong>
        <p>
          <span dir="auto">{mail.sender ?? words.no_sender}</span> {words.to(mail.mailbox)} ·{' '}
          <time className="numbers">{exactTime(mail.received_at)}</time>
        </p>
        <p className={mail.state === 'dead_letter' ? 'is-warning' : undefined}>
          {words.states[mail.state]}
          {mail.reason && `: ${texts.mail_servers(mail.reason)}`}
          {mail.tries > 0 && ` (${words.tries(mail.tries)})`}
        </p>
      </div>
      {mail.state === 'dead_letter' && (
        <Button icon={RotateCw} disabled={again.isPending} onClick={() => again.mutate(undefined)}>
          {words.again}
        </Button>
      )}
      {conversation_id && (
        <IconButton
          icon={MessagesSquare}
          label={`${words.open}: ${subject}`}
          onClick={() => router.go({ page: 'work', view: 'all', conversation_id })}
        />
      )}
      <a
        className="icon-button"
        href={`/api/v1/admin/incoming-mails/${mail.id}/source`}
        download
        aria-label={words.download(subject)}
      >
        <Download size={17} aria-hidden />
      </a>
    </>
  );
}
