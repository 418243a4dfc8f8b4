import { useState } from 'react';
import { CalendarClock, ChevronDown } from 'lucide-react';
import { serverNow } from '../../../state/clock';
import { texts } from '../../../texts';
import { Dialog } from '../../../ui/dialog';
import { DialogForm } from '../../../ui/dialog_form';
import { TextField } from '../../../ui/form';
import { Menu, MenuItem } from '../../../ui/menu';
import { shortMoment } from '../../../ui/time_words';
import { laterTimes } from './later_times';

const words = texts.mail_composer;

interface SendLaterProps {
  disabled: boolean;
  onSend: (at: string) => void;
}

/** The same answer, at another time: quick choices in the agent's own hours, or a time of his own. */
export function SendLater({ disabled, onSend }: SendLaterProps) {
  const [isChoosing, setChoosing] = useState(false);
  return (
    <>
      <Menu
        label={words.send_later}
        side="top"
        align="end"
        trigger={
          <button type="button" className="icon-button" aria-label={words.send_later} disabled={disabled}>
            <ChevronDown size={17} aria-hidden />
          </button>
        }
      >
        {laterTimes(new Date(serverNow())).map(({ name, at }) => (
          <MenuItem
            key={name}
            icon={CalendarClock}
            label={words.later[name]}
            mark={<span className="menu-count numbers">{shortMoment(at.toISOString())}</span>}
            onSelect={() => onSend(at.toISOString())}
          />
        ))}
        <MenuItem icon={CalendarClock} label={words.own_time} onSelect={() => setChoosing(true)} />
      </Menu>
      {isChoosing && <TimeDialog onSend={onSend} onClose={() => setChoosing(false)} />}
    </>
  );
}

function TimeDialog({ onSend, onClose }: { onSend: (at: string) => void; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const at = typed ? new Date(typed) : null;
  const isReady = at !== null && at.getTime() > serverNow();
  return (
    <Dialog title={words.own_time} onClose={onClose}>
      <DialogForm
        confirm={words.schedule}
        isReady={isReady}
        isBusy={false}
        onSubmit={() => {
          onClose();
          if (at) onSend(at.toISOString());
        }}
        onClose={onClose}
      >
        <TextField label={words.when} type="datetime-local" required value={typed} onChange={setTyped} />
      </DialogForm>
    </Dialog>
  );
}
