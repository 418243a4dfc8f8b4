import { useQuery } from '@tanstack/react-query';
import { MessageSquareQuote, Paperclip, Plus } from 'lucide-react';
import type { CannedReply, MySite } from '@engage/client/src/agent';
import { useDesk } from '../../../state/desk_context';
import { RouteLink } from '../../../state/route_link';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { Empty } from '../../../ui/empty';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import type { SectionProps } from '../sections';
import { CannedForm } from './canned_form';
import './canned.css';

const words = texts.desk.canned;

export const cannedKey = (siteId: string) => ['canned', siteId];

export const cannedRoute = (site: MySite, item: string | null) =>
  ({ page: 'settings', section: 'canned', site: site.key, item }) as const;

/** The list, or the one that the address names. */
export default function CannedPage({ site, item }: SectionProps) {
  const { api, router } = useDesk();
  const replies = useQuery({
    queryKey: cannedKey(site.id),
    queryFn: () => api.get('/api/v1/agent/canned-replies', { query: { site_id: site.id } }),
  });
  const isBoss = site.rights.includes('supervise');
  if (item !== null) {
    return (
      <Loaded query={replies}>
        {({ items }) => (
          <CannedForm
            key={item}
            site={site}
            reply={items.find((one) => one.id === item) ?? null}
            isBoss={isBoss}
          />
        )}
      </Loaded>
    );
  }
  const add = (
    <Button look="primary" icon={Plus} onClick={() => router.go(cannedRoute(site, 'new'))}>
      {words.add}
    </Button>
  );
  return (
    <PageFrame title={words.title} lead={isBoss ? words.lead : words.lead_own} actions={add}>
      <Loaded query={replies}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={MessageSquareQuote} title={words.empty} hint={words.empty_hint} />
          ) : (
            <ul className="settings-rows">
              {items.map((reply) => (
                <Row key={reply.id} site={site} reply={reply} isOpen={isBoss || reply.personal} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </PageFrame>
  );
}

function Row({ site, reply, isOpen }: { site: MySite; reply: CannedReply; isOpen: boolean }) {
  const content = (
    <>
      <span className="canned-row-top">
        <strong className="truncate">{reply.title}</strong>
        <kbd>/{reply.shortcut}</kbd>
      </span>
      <span className="canned-row-text truncate" dir="auto">
        {reply.text}
      </span>
      <span className="canned-row-marks">
        {reply.personal && <span>{words.personal_mark}</span>}
        {reply.locale && <span>{reply.locale}</span>}
        {reply.files.length > 0 && (
          <span>
            <Paperclip size={12} aria-hidden /> {words.file_count(reply.files.length)}
          </span>
        )}
      </span>
    </>
  );
  return (
    <li className="canned-row">
      {isOpen ? <RouteLink to={cannedRoute(site, reply.id)}>{content}</RouteLink> : <div>{content}</div>}
    </li>
  );
}
