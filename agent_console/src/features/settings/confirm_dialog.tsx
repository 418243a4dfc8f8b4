import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';

interface ConfirmDialogProps {
  title: string;
  /** What will happen, and what stays. */
  lead: string;
  confirm: string;
  isBusy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asked before what cannot be undone by the same click. */
export function ConfirmDialog({ title, lead, confirm, isBusy, onConfirm, onClose }: ConfirmDialogProps) {
  return (
    <Dialog title={title} lead={lead} onClose={onClose}>
      <div className="dialog-footer">
        <Button onClick={onClose} data-first>
          {texts.cancel}
        </Button>
        <Button look="danger" disabled={isBusy} onClick={onConfirm}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}
