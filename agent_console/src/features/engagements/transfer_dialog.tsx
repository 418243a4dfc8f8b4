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
      await desk.work.transfer(item, asWire(target, note.trim()));
      onClose();
      desk.notices.say(words.done(target.name));
      leaveFor(desk, item);
    } catch (failure) {
      // It stays open with what was written: another target is one key away.
      setRefusal(wordsFor(failure));
      setBusy(false);
    }
  }

  return (
    <Dialog title={words.title} lead={words.lead} onClose={onClose}>
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
        <Targets item={item} target={target} onChoose={choose} />
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
  item: WorkItem;
  target: Target | null;
  onChoose: (target: Target) => void;
}

function Targets({ item, target, onChoose }: TargetsProps) {
  const { work } = useDesk();
  const queues = useStore(work.store, (state) =>
    state.queues.filter((queue) => queue.site_id === item.site.id && queue.id !== item.queue.id),
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
