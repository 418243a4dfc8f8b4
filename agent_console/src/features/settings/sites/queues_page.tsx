import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Archive, ListOrdered, Pencil, Plus, Route } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { SelectField } from '../../../ui/form';
import { NounList } from '../noun_list';
import { MoveButtons } from '../noun_row';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { QueueRulesDialog } from '../routing/queue_rules_dialog';
import { QueueDialog } from './queue_dialog';

export type Queues = components['schemas']['Queues'];
export type QueueSetup = components['schemas']['QueueSetup'];
const words = texts.settings.queues;

type Open = { act: 'edit'; queue: QueueSetup | null } | { act: 'rules' | 'retire'; queue: QueueSetup } | null;

export default function QueuesPage({ site }: SectionProps) {
  const { api } = useDesk();
  const key = ['queues', site.id];
  const path = { site_id: site.id };
  const [open, setOpen] = useState<Open>(null);
  const query = useQuery({
    queryKey: key,
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/queues', { path }),
  });
  const order = useChange(
    (ids: string[]) => api.put('/api/v1/admin/sites/{site_id}/queues/order', { ids }, { path }),
    { refresh: [key] },
  );
  const close = () => setOpen(null);
  return (
    <NounList
      words={words}
      icon={ListOrdered}
      query={query}
      onOrder={order.mutate}
      actions={
        <Button look="primary" icon={Plus} onClick={() => setOpen({ act: 'edit', queue: null })}>
          {words.add}
        </Button>
      }
      row={(queue, move, all) => (
        <>
          <QueueFacts queue={queue} served={servers(queue, all)} />
          <MoveButtons name={queue.name} move={move} />
          <IconButton
            icon={Route}
            label={texts.routing.queue.of(queue.name)}
            onClick={() => setOpen({ act: 'rules', queue })}
          />
          <IconButton
            icon={Pencil}
            label={texts.settings.edit(queue.name)}
            onClick={() => setOpen({ act: 'edit', queue })}
          />
          <IconButton
            icon={Archive}
            label={words.retire(queue.name)}
            disabled={all.items.length === 1}
            onClick={() => setOpen({ act: 'retire', queue })}
          />
        </>
      )}
      dialog={(all) => (
        <>
          {open?.act === 'edit' && (
            <QueueDialog siteId={site.id} queue={open.queue} all={all} onClose={close} />
          )}
          {open?.act === 'rules' && <QueueRulesDialog queue={open.queue} onClose={close} />}
          {open?.act === 'retire' && (
            <RetireDialog siteId={site.id} queue={open.queue} all={all.items} onClose={close} />
          )}
        </>
      )}
    />
  );
}

/** Names of teams and people. */
function servers(queue: QueueSetup, { teams, people }: Queues): string[] {
  const named = [
    ...teams.filter(({ id }) => queue.team_ids.includes(id)),
    ...people.filter(({ id }) => queue.agent_ids.includes(id)),
  ];
  return named.map(({ name }) => name);
}

function QueueFacts({ queue, served }: { queue: QueueSetup; served: readonly string[] }) {
  return (
    <div className="settings-row-main">
      <strong dir="auto">{queue.name}</strong>
      <p className={served.length === 0 ? 'is-warning' : undefined}>
        {served.length === 0 ? words.nobody : words.served_by(served)} ·{' '}
        {words.times(queue.offer_seconds, queue.wrap_up_seconds)}
      </p>
    </div>
  );
}

interface RetireDialogProps {
  siteId: string;
  queue: QueueSetup;
  all: readonly QueueSetup[];
  onClose: () => void;
}

function RetireDialog({ siteId, queue, all, onClose }: RetireDialogProps) {
  const { api } = useDesk();
  const others = all.filter((one) => one.id !== queue.id);
  const [target, setTarget] = useState(others[0]?.id ?? '');
  const retire = useChange(
    () =>
      api.post(
        '/api/v1/admin/queues/{queue_id}/retire',
        { target_id: queue.open_work > 0 ? target : null },
        { path: { queue_id: queue.id } },
      ),
    { refresh: [['queues', siteId]], said: words.retired(queue.name), onDone: onClose },
  );
  return (
    <Dialog title={words.retire(queue.name)} lead={words.retire_lead} onClose={onClose}>
      {queue.open_work > 0 && (
        <SelectField
          label={words.target(queue.open_work)}
          value={target}
          options={others.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setTarget}
        />
      )}
      <div className="dialog-footer">
        <Button onClick={onClose} data-first>
          {texts.cancel}
        </Button>
        <Button look="danger" disabled={retire.isPending} onClick={() => retire.mutate(undefined)}>
          {words.retire_short}
        </Button>
      </div>
    </Dialog>
  );
}
