import { useState } from 'react';
import type { PresenceName } from '@engage/client/src/agent';
import { useNow } from '../../state/clock';
import { useDesk } from '../../state/desk_context';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Menu, MenuItem, MenuLine } from '../../ui/menu';
import { lasting } from '../../ui/time_words';
import './presence_switch.css';

export const PRESENCES: readonly PresenceName[] = ['available', 'busy', 'away', 'break', 'offline'];

export function PresenceMark({ presence }: { presence: PresenceName }) {
  return <span className={`presence-mark presence-${presence}`} aria-hidden />;
}

/** Stands at the foot of the rail: what I am, since when, and why. */
export function PresenceSwitch() {
  const { work } = useDesk();
  const { presence, reason, since, set_by } = useStore(work.store, (state) => state.presence);
  const [isAsking, setAsking] = useState(false);
  const now = useNow();
  const names = texts.presence.names;
  const time = lasting(now - Date.parse(since));
  const trigger = (
    <button
      type="button"
      className="presence-switch"
      title={set_by === null ? undefined : texts.board.set_by(set_by)}
    >
      <span className="visually-hidden">{texts.presence.label}</span>
      <PresenceMark presence={presence} />
      <span className="presence-name">{reason ?? names[presence]}</span>
      <span className="presence-time numbers">{time}</span>
    </button>
  );
  return (
    <>
      <Menu trigger={trigger} label={texts.presence.label} side="top" align="start">
        {PRESENCES.map((one) => (
          <MenuItem
            key={one}
            mark={<PresenceMark presence={one} />}
            label={names[one]}
            hint={texts.presence.hints[one]}
            chosen={one === presence}
            onSelect={() => void work.setPresence(one, null)}
          />
        ))}
        {presence !== 'available' && (
          <>
            <MenuLine />
            <MenuItem label={texts.presence.reason_set} onSelect={() => setAsking(true)} />
          </>
        )}
      </Menu>
      {isAsking && (
        <ReasonDialog
          reason={reason ?? ''}
          onClose={() => setAsking(false)}
          onSet={(text) => void work.setPresence(presence, text || null)}
        />
      )}
    </>
  );
}

interface ReasonDialogProps {
  reason: string;
  onClose: () => void;
  onSet: (reason: string) => void;
}

function ReasonDialog({ reason, onClose, onSet }: ReasonDialogProps) {
  return (
    <Dialog title={texts.presence.reason_set} onClose={onClose}>
      <form
        className="presence-reason"
        onSubmit={(event) => {
          event.preventDefault();
          const text = new FormData(event.currentTarget).get('reason');
          onSet(typeof text === 'string' ? text.trim() : '');
          onClose();
        }}
      >
        <label>
          <span className="visually-hidden">{texts.presence.reason}</span>
          <input
            className="field"
            name="reason"
            maxLength={60}
            defaultValue={reason}
            placeholder={texts.presence.reason_placeholder}
            autoFocus
          />
        </label>
        <div className="dialog-footer">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button look="primary" type="submit">
            {texts.presence.reason_set}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
