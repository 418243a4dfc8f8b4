import { Command } from 'cmdk';
import type { BoardWork } from '@engage/client/src/agent';
import { queueSums, type BoardState } from '../../state/board';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { OptionList } from '../../ui/option_list';
import { useSending, type Acts } from './use_board';
import './choose.css';

const words = texts.board.move;

interface MoveDialogProps {
  state: BoardState;
  work: BoardWork;
  name: string;
  acts: Acts;
  onClose: () => void;
}

/** One choice is enough: it can be moved back. */
export function MoveDialog({ state, work, name, acts, onClose }: MoveDialogProps) {
  const others = queueSums(state).filter(({ queue }) => queue.id !== work.queue_id);
  const send = useSending(onClose);
  return (
    <Dialog title={words.title} lead={words.lead(name)} onClose={onClose}>
      <Command className="board-choose-list" label={words.queues}>
        <Command.Input autoFocus placeholder={words.search} />
        <OptionList none={words.none}>
          {others.map(({ queue, waiting, free }) => (
            <Command.Item
              key={queue.id}
              value={`${queue.name} ${queue.id}`}
              onSelect={() => void send(() => acts.move(work, queue.id, queue.name))}
            >
              <bdi className="board-choose-name truncate">{queue.name}</bdi>
              <small className="numbers">
                {texts.board.queues.waiting} {waiting} · {texts.board.queues.free} {free}
              </small>
            </Command.Item>
          ))}
        </OptionList>
      </Command>
      <div className="dialog-footer">
        <Button onClick={onClose}>{texts.cancel}</Button>
      </div>
    </Dialog>
  );
}
