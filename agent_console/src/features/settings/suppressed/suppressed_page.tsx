import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { MailX } from 'lucide-react';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { Empty } from '../../../ui/empty';
import { exactTime } from '../../../ui/time_words';
import { ConfirmDialog } from '../confirm_dialog';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import './suppressed.css';

const words = texts.tickets.addresses;

/** To whom no notices go any more, and why; whoever mended his mailbox is taken off. */
export default function SuppressedPage({ site }: SectionProps) {
  const { api } = useDesk();
  const key = ['suppressed_addresses', site.id];
  const path = { site_id: site.id };
  const [asked, setAsked] = useState<string | null>(null);
  const addresses = useQuery({
    queryKey: key,
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/suppressed-addresses', { path }),
  });
  const lift = useChange(
    (address: string) =>
      api.post('/api/v1/admin/sites/{site_id}/suppressed-addresses/lift', { address }, { path }),
    { refresh: [key], said: words.lifted, onDone: () => setAsked(null) },
  );
  return (
    <PageFrame size="table" title={words.title} lead={words.lead}>
      <Loaded query={addresses}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={MailX} title={words.empty} hint={words.empty_hint} />
          ) : (
            <div className="settings-table-scroll" tabIndex={0} role="group" aria-label={words.title}>
              <table className="settings-table suppressed-table">
                <thead>
                  <tr>
                    <th>{words.address}</th>
                    <th>{words.reason}</th>
                    <th>{words.since}</th>
                    <th>{words.until}</th>
                    <th>
                      <span className="visually-hidden">{words.lift}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((one) => (
                    <tr key={one.address}>
                      <td dir="auto">{one.address}</td>
                      <td dir="auto">{one.reason}</td>
                      <td className="numbers">{exactTime(one.since)}</td>
                      <td className="numbers">{one.until ? exactTime(one.until) : words.for_good}</td>
                      <td>
                        <Button onClick={() => setAsked(one.address)}>{words.lift}</Button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
      {asked !== null && (
        <ConfirmDialog
          title={words.ask(asked)}
          lead={words.ask_lead}
          confirm={words.lift}
          isBusy={lift.isPending}
          onConfirm={() => lift.mutate(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </PageFrame>
  );
}
