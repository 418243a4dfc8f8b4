import { ConfirmDialog } from '../features/settings/confirm_dialog';
import { useDesk } from '../state/desk_context';
import { useValue } from '../state/store';
import { texts } from '../texts';

/** Before what was typed and not saved is left. */
export function LeaveDialog() {
  const { leaving } = useDesk().router;
  const asked = useValue(leaving.asked);
  if (asked === null) return null;
  return (
    <ConfirmDialog
      title={texts.settings.leave_title}
      lead={texts.settings.leave_lead}
      confirm={texts.settings.leave}
      onConfirm={() => leaving.answer(true)}
      onClose={() => leaving.answer(false)}
    />
  );
}
