import { useState } from 'react';
import { ChevronDown } from 'lucide-react';
import type { BoardCentre } from '@engage/client/src/agent';
import { useDesk } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Menu, MenuItem } from '../../ui/menu';
import { useSending } from './use_board';

type State = BoardCentre['state'];
const STATES: readonly State[] = ['open', 'draining', 'down'];
const STATE = '/api/v1/admin/centres/{centre_id}/state';
const words = texts.routing.centres;

/** Open, draining or down; what goes down is asked about first, for its work leaves. */
export function CentreSwitch({ centre }: { centre: BoardCentre }) {
  const { api, notices } = useDesk();
  const [isAsking, setAsking] = useState(false);
  const send = useSending(() => setAsking(false));
  const set = (state: State) =>
    void send(async () => {
      try {
        await api.put(STATE, { state }, { path: { centre_id: centre.id } });
        return true;
      } catch (failure) {
        notices.say(wordsFor(failure), 'bad');
        return false;
      }
    });
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
            onSelect={() => (state === 'down' ? setAsking(true) : set(state))}
          />
        ))}
      </Menu>
      {isAsking && (
        <Dialog title={words.down_title(centre.name)} lead={words.down_lead} onClose={() => setAsking(false)}>
          <div className="dialog-footer">
            <Button onClick={() => setAsking(false)} data-first>
              {texts.cancel}
            </Button>
            <Button look="danger" onClick={() => set('down')}>
              {words.states.down}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
