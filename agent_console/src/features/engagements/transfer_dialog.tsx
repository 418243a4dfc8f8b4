import { useRef, useState } from 'react';
import { Command } from 'cmdk';
import { Users } from 'lucide-react';
import type { TransferTarget, WorkItem } from '@engage/client/src/agent';
import { useDesk } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { Avatar } from '../../ui/avatar';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import '../../ui/field.css';
import './choose_list.css';
import { leaveFor } from './next_work';

type Target = { kind: 'queue' | 'agent'; id: string; name: string };

export function TransferDialog({ item, onClose }: { item: WorkItem; onClose: () => void }) {
  const desk = useDesk();
  async function send(target: TransferTarget, name: string): Promise<void> {
    await desk.work.transfer(item, target);
    onClose();
    desk.notices.say(texts.transfer.done(name));
    leaveFor(desk, item);
  }
  return <TransferForm title={texts.transfer.title} items={[item]} onSend={send} onClose={onClose} />;
}

export function TransferSelectedDialog({ onClose }: { onClose: () => void }) {
  const { bulk } = useDesk();
  const items = useStore(bulk.selection, (selection) => [...selection.items.values()]);
  function send(target: TransferTarget, name: string): Promise<void> {
    onClose();
    return bulk.run(bulk.acts.transfer(target, name));
  }
  const title = texts.bulk.of(texts.transfer.title, items.length);
  return <TransferForm title={title} items={items} onSend={send} onClose={onClose} />;
}

interface TransferFormProps {
  title: string;
  items: readonly WorkItem[];
  onSend: (target: TransferTarget, name: string) => Promise<void>;
  onClose: () => void;
}

function TransferForm({ title, items, onSend, onClose }: TransferFormProps) {
  const [target, setTarget] = useState<Target | null>(null);
  const [note, setNote] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const words = texts.transfer;

  function choose(one: Target): void {
    setTarget(one);
    setRefusal(null);
    noteField.current?.focus();
  }

  async function send(): Promise<void> {
    if (!target) return setRefusal(words.choose);
    setBusy(true);
    try {
      await onSend(asWire(target, note.trim()), target.name);
    } catch (failure) {
      // It stays open with what was written: another target is one key away.
      setRefusal(wordsFor(failure));
      setBusy(false);
    }
  }

  return (
    <Dialog title={title} lead={words.lead} onClose={onClose}>
      <form
        className="choose-form"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void send();
        }}
      >
        <Targets items={items} target={target} onChoose={choose} />
        <label className="choose-note">
          <span className="field-label">
            {words.note} <small>({texts.optional})</small>
          </span>
          <textarea
            ref={noteField}
            className="field"
            value={note}
            placeholder={words.note_placeholder}
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
        {refusal && (
          <p className="choose-refusal" role="alert">
            {refusal}
          </p>
        )}
        <footer className="dialog-footer">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button look="primary" type="submit" disabled={isBusy} shortcut="Mod+Enter">
            {target ? words.submit_to(target.name) : words.submit}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

function asWire(target: Target, note: string): TransferTarget {
  return {
    to_queue_id: target.kind === 'queue' ? target.id : null,
    to_agent_id: target.kind === 'agent' ? target.id : null,
    note: note || null,
  };
}

interface TargetsProps {
  items: readonly WorkItem[];
  target: Target | null;
  onChoose: (target: Target) => void;
}

function Targets({ items, target, onChoose }: TargetsProps) {
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
      <Command.List>
        <Command.Empty>{words.none}</Command.Empty>
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
      </Command.List>
    </Command>
  );
}
