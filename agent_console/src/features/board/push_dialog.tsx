import { useState } from 'react';
import { Command } from 'cmdk';
import type { BoardWork } from '@engage/client/src/agent';
import { isFree, type BoardState } from '../../state/board';
import { texts } from '../../texts';
import { Avatar } from '../../ui/avatar';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { SwitchField } from '../../ui/form';
import { OptionList } from '../../ui/option_list';
import { useSending, type Acts } from './use_board';
import './choose.css';

const words = texts.board.push;

interface PushDialogProps {
  state: BoardState;
  work: BoardWork;
  name: string;
  acts: Acts;
  onClose: () => void;
}

/** Whose desk it rings at; full hands only if the supervisor says so. */
export function PushDialog({ state, work, name, acts, onClose }: PushDialogProps) {
  const [chosenId, setChosen] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const there = [...state.agents.values()]
    .filter((agent) => agent.online && agent.presence === 'available' && agent.id !== work.agent_id)
    .sort((a, b) => Number(isFree(b)) - Number(isFree(a)) || a.name.localeCompare(b.name));
  // As he is now: whoever was free a moment ago may be gone or full.
  const chosen = there.find((agent) => agent.id === chosenId);
  const isFull = chosen !== undefined && !isFree(chosen);
  const send = useSending(onClose);
  return (
    <Dialog title={words.title} lead={words.lead(name)} onClose={onClose}>
      <form
        className="board-choose"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen) void send(() => acts.push(work, chosen.id, chosen.name, isFull && isOver));
        }}
      >
        <Command className="board-choose-list" label={words.people}>
          <Command.Input autoFocus placeholder={words.search} />
          <OptionList none={words.none}>
            {there.map((agent) => (
              <Command.Item
                key={agent.id}
                value={`${agent.name} ${agent.id}`}
                aria-current={chosenId === agent.id}
                onSelect={() => setChosen(agent.id)}
              >
                <Avatar name={agent.name} picture={agent.picture} size={24} />
                <bdi className="board-choose-name truncate">{agent.name}</bdi>
                <small className="numbers">
                  {agent.load}/{agent.capacity} · {isFree(agent) ? words.free : words.full}
                </small>
              </Command.Item>
            ))}
          </OptionList>
        </Command>
        {isFull && (
          <div className="board-choose-over">
            <SwitchField label={words.over} hint={words.over_hint} on={isOver} onChange={setOver} />
          </div>
        )}
        <div className="dialog-footer">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button look="primary" type="submit" disabled={!chosen || (isFull && !isOver)}>
            {chosen ? words.submit_to(chosen.name) : words.submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
