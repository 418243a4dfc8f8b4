import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Ban } from 'lucide-react';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { Empty } from '../../../ui/empty';
import { exactTime } from '../../../ui/time_words';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { AddressDialog } from './address_dialog';

const words = texts.blocks;

export default function BlocksPage({ site }: SectionProps) {
  const { api } = useDesk();
  const key = ['blocks', site.id];
  const [isAdding, setAdding] = useState(false);
  const blocks = useQuery({
    queryKey: key,
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/blocks', { path: { site_id: site.id } }),
  });
  const lift = useChange(
    (block_id: string) => api.delete('/api/v1/admin/blocks/{block_id}', { path: { block_id } }),
    { refresh: [key], said: words.lifted },
  );
  return (
    <PageFrame
      size="table"
      title={words.page}
      lead={words.page_lead}
      actions={
        site.rights.includes('administer') && (
          <Button icon={Ban} onClick={() => setAdding(true)}>
            {texts.admin.addresses.add}
          </Button>
        )
      }
    >
      {isAdding && <AddressDialog siteId={site.id} onClose={() => setAdding(false)} />}
      <Loaded query={blocks}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={Ban} title={words.empty} hint={words.empty_hint} />
          ) : (
            <div className="settings-table-scroll" tabIndex={0} role="group" aria-label={words.page}>
              <table className="settings-table">
                <thead>
                  <tr>
                    <th>{words.who}</th>
                    <th>{words.reason}</th>
                    <th>{words.by}</th>
                    <th>{words.until}</th>
                    <th>
                      <span className="visually-hidden">{words.lift}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((block) => (
                    <tr key={block.id}>
                      <td dir="auto">{block.name || texts.nobody}</td>
                      <td dir="auto">{block.reason}</td>
                      <td dir="auto">{block.by_name}</td>
                      <td className="numbers">{block.until ? exactTime(block.until) : words.for_good}</td>
                      <td>
                        <Button disabled={lift.isPending} onClick={() => lift.mutate(block.id)}>
                          {words.lift}
                        </Button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
    </PageFrame>
  );
}
