import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Pencil, Plus, Timer } from 'lucide-react';
import type { Answer } from '@engage/client';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { NounList } from '../noun_list';
import { MoveButtons, RemoveButton } from '../noun_row';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { PromiseDialog } from './promise_dialog';

export type Promises = Answer<'/api/v1/admin/sites/{site_id}/promises', 'get'>;
export type PromiseView = Promises['items'][number];
const words = texts.promises;

export default function PromisesPage({ site }: SectionProps) {
  const { api } = useDesk();
  const [open, setOpen] = useState<PromiseView | 'new' | null>(null);
  const path = { site_id: site.id };
  const refresh = [['promises', site.id]];
  const query = useQuery({
    queryKey: ['promises', site.id],
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/promises', { path }),
  });
  const order = useChange(
    (ids: string[]) => api.put('/api/v1/admin/sites/{site_id}/promises/order', { ids }, { path }),
    { refresh },
  );
  return (
    <NounList
      words={words}
      icon={Timer}
      query={query}
      onOrder={order.mutate}
      actions={
        <Button look="primary" icon={Plus} onClick={() => setOpen('new')}>
          {words.add}
        </Button>
      }
      row={(promise, move, all) => (
        <>
          <PromiseFacts promise={promise} all={all} />
          <MoveButtons name={promise.name} move={move} />
          <IconButton
            icon={Pencil}
            label={texts.settings.edit(promise.name)}
            onClick={() => setOpen(promise)}
          />
          <RemoveButton
            name={promise.name}
            lead={words.remove_lead(promise.name)}
            send={() =>
              api.delete('/api/v1/admin/promises/{promise_id}', { path: { promise_id: promise.id } })
            }
            refresh={refresh}
          />
        </>
      )}
      dialog={(all) =>
        open && (
          <PromiseDialog
            siteId={site.id}
            promise={open === 'new' ? null : open}
            all={all}
            onClose={() => setOpen(null)}
          />
        )
      }
    />
  );
}

function PromiseFacts({ promise, all }: { promise: PromiseView; all: Promises }) {
  const channels: Record<string, string> = texts.channels;
  const queues = all.queues.filter(({ id }) => promise.queue_ids.includes(id)).map(({ name }) => name);
  const asked = [...queues, ...promise.channels.map((name) => channels[name] ?? name), ...promise.tiers];
  const promised = [
    [words.names.first_response, promise.first_response_minutes] as const,
    [words.names.next_response, promise.next_response_minutes] as const,
    [words.names.resolution, promise.resolution_minutes] as const,
  ].flatMap(([name, minutes]) => (minutes === null ? [] : [`${name} ${words.minutes(minutes)}`]));
  return (
    <div className="settings-row-main">
      <strong dir="auto">{promise.name}</strong>
      <p>
        {[...promised, promise.in_business_hours ? words.business : words.around].join(' · ')}
        <br />
        {asked.length === 0 ? words.any : asked.join(', ')}
      </p>
    </div>
  );
}
