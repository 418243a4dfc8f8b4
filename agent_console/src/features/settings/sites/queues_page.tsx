import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Archive, Pencil, Plus, Route } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { SelectField } from '../../../ui/form';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
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
    <PageFrame
      title={words.title}
      lead={words.lead}
      actions={
        <Button look="primary" icon={Plus} onClick={() => setOpen({ act: 'edit', queue: null })}>
          {words.add}
        </Button>
      }
    >
      <Loaded query={query}>
        {(all) => (
          <>
            <ul className="settings-rows">
              {all.items.map((queue, at) => (
                <QueueRow
                  key={queue.id}
                  queue={queue}
                  servers={servers(queue, all)}
                  onUp={at > 0 ? () => order.mutate(swapped(all.items, at - 1)) : null}
                  onDown={at < all.items.length - 1 ? () => order.mutate(swapped(all.items, at)) : null}
                  onRules={() => setOpen({ act: 'rules', queue })}
                  onEdit={() => setOpen({ act: 'edit', queue })}
                  onRetire={all.items.length > 1 ? () => setOpen({ act: 'retire', queue }) : null}
                />
              ))}
            </ul>
            {open?.act === 'edit' && (
              <QueueDialog siteId={site.id} queue={open.queue} all={all} onClose={close} />
            )}
            {open?.act === 'rules' && <QueueRulesDialog queue={open.queue} onClose={close} />}
            {open?.act === 'retire' && (
              <RetireDialog siteId={site.id} queue={open.queue} all={all.items} onClose={close} />
            )}
          </>
        )}
      </Loaded>
    </PageFrame>
  );
}

/** The ids with the one at this place behind its neighbour. */
function swapped(items: readonly { id: string }[], at: number): string[] {
  const ids = items.map((item) => item.id);
  return [...ids.slice(0, at), ...ids.slice(at, at + 2).reverse(), ...ids.slice(at + 2)];
}

interface QueueRowProps {
  queue: QueueSetup;
  /** Names of teams and people. */
  servers: readonly string[];
  onUp: (() => void) | null;
  onDown: (() => void) | null;
  onRules: () => void;
  onEdit: () => void;
  onRetire: (() => void) | null;
}

function servers(queue: QueueSetup, { teams, people }: Queues): string[] {
  const named = [
    ...teams.filter(({ id }) => queue.team_ids.includes(id)),
    ...people.filter(({ id }) => queue.agent_ids.includes(id)),
  ];
  return named.map(({ name }) => name);
}

function QueueRow({ queue, servers, onUp, onDown, onRules, onEdit, onRetire }: QueueRowProps) {
  return (
    <li className="settings-row">
      <div className="settings-row-main">
        <strong>{queue.name}</strong>
        <p className={servers.length === 0 ? 'is-warning' : undefined}>
          {servers.length === 0 ? words.nobody : words.served_by(servers)} ·{' '}
          {words.times(queue.offer_seconds, queue.wrap_up_seconds)}
        </p>
      </div>
      <IconButton
        icon={ArrowUp}
        label={texts.settings.up(queue.name)}
        disabled={!onUp}
        onClick={() => onUp?.()}
      />
      <IconButton
        icon={ArrowDown}
        label={texts.settings.down(queue.name)}
        disabled={!onDown}
        onClick={() => onDown?.()}
      />
      <IconButton icon={Route} label={texts.routing.queue.of(queue.name)} onClick={onRules} />
      <IconButton icon={Pencil} label={texts.settings.edit(queue.name)} onClick={onEdit} />
      <IconButton
        icon={Archive}
        label={words.retire(queue.name)}
        disabled={!onRetire}
        onClick={() => onRetire?.()}
      />
    </li>
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
