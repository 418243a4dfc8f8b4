import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import './presence_switch.css';

interface ReasonDialogProps {
  reason: string;
  onClose: () => void;
  onSet: (reason: string) => void;
}

/** A reason in one's own words. */
export function ReasonDialog({ reason, onClose, onSet }: ReasonDialogProps) {
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
