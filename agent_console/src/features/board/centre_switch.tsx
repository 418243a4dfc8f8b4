import { useState } from 'react';
import { ChevronDown } from 'lucide-react';
import type { BoardCentre } from '@engage/client/src/agent';
import { useDesk } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Menu, MenuItem } from '../../ui/menu';

type State = BoardCentre['state'];
const STATES: readonly State[] = ['open', 'draining', 'down'];
const words = texts.routing.centres;

/** Open, draining or down; what goes down is asked about first, for its work leaves. */
export function CentreSwitch({ centre }: { centre: BoardCentre }) {
  const { api, notices } = useDesk();
  const [isAsking, setAsking] = useState(false);
  async function set(state: State): Promise<void> {
    setAsking(false);
    try {
      await api.put('/api/v1/admin/centres/{centre_id}/state', { state }, { path: { centre_id: centre.id } });
    } catch (failure) {
      notices.say(wordsFor(failure), 'bad');
    }
  }
  const label = texts.board.centres.state(centre.name);
  return (
    <>
      <Menu
        label={label}
        trigger={
          <button
            type="button"
            className="board-centre"
            data-state={centre.state}
            aria-label={`${label}: ${words.states[centre.state]}`}
            title={texts.board.centres.causes[centre.cause]}
          >
            {words.states[centre.state]}
            <ChevronDown size={13} aria-hidden />
          </button>
        }
      >
        {STATES.map((state) => (
          <MenuItem
            key={state}
            label={words.states[state]}
            hint={words.hints[state]}
            chosen={state === centre.state}
            onSelect={() => (state === 'down' ? setAsking(true) : void set(state))}
          />
        ))}
      </Menu>
      {isAsking && (
        <Dialog title={words.down_title(centre.name)} lead={words.down_lead} onClose={() => setAsking(false)}>
          <div className="dialog-footer">
            <Button onClick={() => setAsking(false)} data-first>
              {texts.cancel}
            </Button>
            <Button look="danger" onClick={() => void set('down')}>
              {words.states.down}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
