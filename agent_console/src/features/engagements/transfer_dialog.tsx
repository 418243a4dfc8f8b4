import { useState } from 'react';
import { Command } from 'cmdk';
import { Users } from 'lucide-react';
import type { TransferTarget, WorkItem } from '@engage/client/src/agent';
import { useDesk } from '../../state/desk_context';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { Avatar } from '../../ui/avatar';
import { SwitchField } from '../../ui/form';
import { OptionList } from '../../ui/option_list';
import './choose_list.css';
import { leaveFor } from './next_work';
import { TargetForm, type Target } from './target_form';
import { TargetList } from './target_list';

export function TransferDialog({ item, onClose }: { item: WorkItem; onClose: () => void }) {
  const desk = useDesk();
  const [returns, setReturns] = useState(false);
  async function send(target: Target, note: string): Promise<void> {
    await desk.work.transfer(item, { ...asWire(target, note), return_to_me: returns });
    onClose();
    desk.notices.say(texts.transfer.done(target.name));
    leaveFor(desk, item);
  }
  return (
    <TargetForm
      title={texts.transfer.title}
      words={texts.transfer}
      list={(target, onChoose) => <TargetList item={item} target={target} onChoose={onChoose} mayWait />}
      onSend={send}
      onClose={onClose}
    >
      <SwitchField label={texts.parties.ask.return_to_me} on={returns} onChange={setReturns} />
    </TargetForm>
  );
}

export function TransferSelectedDialog({ onClose }: { onClose: () => void }) {
  const { bulk } = useDesk();
  const items = useStore(bulk.selection, (selection) => [...selection.items.values()]);
  function send(target: Target, note: string): Promise<void> {
    onClose();
    return bulk.run(bulk.acts.transfer(asWire(target, note), target.name));
  }
  return (
    <TargetForm
      title={texts.bulk.of(texts.transfer.title, items.length)}
      words={texts.transfer}
      list={(target, onChoose) => <ForAll items={items} target={target} onChoose={onChoose} />}
      onSend={send}
      onClose={onClose}
    />
  );
}

function asWire(target: Target, note: string): TransferTarget {
  const to = (kind: Target['kind']) => (target.kind === kind ? target.id : null);
  return {
    to_queue_id: to('queue'),
    to_agent_id: to('agent'),
    to_skill_id: to('skill'),
    to_centre_id: to('centre'),
    note: note || null,
    return_to_me: false,
  };
}

interface ForAllProps {
  items: readonly WorkItem[];
  target: Target | null;
  onChoose: (target: Target) => void;
}

/** Queues and people to whom all of it can go. */
function ForAll({ items, target, onChoose }: ForAllProps) {
  const { work } = useDesk();
  // Where all of it stands already, none of it is sent.
  const queues = useStore(work.store, (state) =>
    state.queues.filter(
      (queue) =>
        items.some((item) => item.site.id === queue.site_id) &&
        !items.every((item) => item.queue.id === queue.id),
    ),
  );
  const colleagues = useStore(work.store, (state) =>
    state.colleagues
      .filter((one) => one.id !== state.me.id && one.presence !== 'offline')
      .sort((a, b) => Number(b.presence === 'available') - Number(a.presence === 'available')),
  );
  const words = texts.transfer;
  return (
    <Command className="choose-list" label={words.to}>
      <Command.Input autoFocus placeholder={words.search} />
      <OptionList none={words.none}>
        {queues.length > 0 && (
          <Command.Group heading={words.queues}>
            {queues.map((queue) => (
              <Command.Item
                key={queue.id}
                value={`queue ${queue.name} ${queue.id}`}
                aria-current={target?.id === queue.id}
                onSelect={() => onChoose({ kind: 'queue', id: queue.id, name: queue.name })}
              >
                <span className="choose-mark">
                  <Users size={14} aria-hidden />
                </span>
                <span className="choose-name">{queue.name}</span>
                <small className="numbers">{words.waiting(queue.waiting)}</small>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {colleagues.length > 0 && (
          <Command.Group heading={words.agents}>
            {colleagues.map((one) => (
              <Command.Item
                key={one.id}
                value={`agent ${one.name} ${one.id}`}
                aria-current={target?.id === one.id}
                onSelect={() => onChoose({ kind: 'agent', id: one.id, name: one.name })}
              >
                <Avatar name={one.name} picture={one.picture} size={24} />
                <span className="choose-name">{one.name}</span>
                <small>{texts.presence.names[one.presence]}</small>
              </Command.Item>
            ))}
          </Command.Group>
        )}
      </OptionList>
    </Command>
  );
}
