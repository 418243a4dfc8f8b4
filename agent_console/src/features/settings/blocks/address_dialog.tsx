import { useState } from 'react';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Dialog } from '../../../ui/dialog';
import { DialogForm } from '../../../ui/dialog_form';
import { AreaField, SelectField, TextField } from '../../../ui/form';
import { useChange } from '../use_change';

const words = texts.admin.addresses;
/** In hours; the last one is until somebody lifts it. */
const SPANS = [1, 24, 24 * 7, 24 * 30, null] as const;

export function AddressDialog({ siteId, onClose }: { siteId: string; onClose: () => void }) {
  const { api } = useDesk();
  const [address, setAddress] = useState('');
  const [reason, setReason] = useState('');
  const [span, setSpan] = useState('1');
  const form = { address, reason, hours: SPANS[Number(span)] ?? null };
  const block = useChange(
    () => api.post('/api/v1/admin/sites/{site_id}/blocks', form, { path: { site_id: siteId } }),
    { refresh: [['blocks', siteId]], said: words.done, onDone: onClose },
  );
  return (
    <Dialog title={words.add} lead={words.lead} onClose={onClose}>
      <DialogForm
        confirm={texts.blocks.confirm}
        look="danger"
        isReady={address.trim() !== '' && reason.trim() !== ''}
        isBusy={block.isPending}
        onSubmit={() => block.mutate(undefined)}
        onClose={onClose}
      >
        <TextField
          label={words.address}
          hint={words.address_hint}
          maxLength={320}
          required
          value={address}
          onChange={setAddress}
          data-first
        />
        <AreaField
          label={texts.blocks.reason}
          hint={texts.blocks.reason_hint}
          maxLength={500}
          required
          value={reason}
          onChange={setReason}
        />
        <SelectField
          label={texts.blocks.span}
          value={span}
          options={SPANS.map((hours, at) => ({ value: `${at}`, label: texts.blocks.spans(hours) }))}
          onChange={setSpan}
        />
      </DialogForm>
    </Dialog>
  );
}
