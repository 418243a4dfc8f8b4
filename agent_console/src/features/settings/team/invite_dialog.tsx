import { useState } from 'react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { wordsFor } from '../../../state/failure';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { DialogForm } from '../../../ui/dialog_form';
import { TextField } from '../../../ui/form';
import { CopyField } from '../copy_field';
import { useChange } from '../use_change';
import { errorsOf } from '../use_form';
import { DutiesFields, type Duties } from './duties_fields';
import { peopleKey, type PeopleView } from './people_page';

type Invitation = components['schemas']['Invitation'];
const words = texts.access.people;

interface InviteDialogProps {
  siteId: string;
  queues: PeopleView['queues'];
  onClose: () => void;
}

export function InviteDialog({ siteId, queues, onClose }: InviteDialogProps) {
  const { api } = useDesk();
  const [email, setEmail] = useState('');
  const [duties, setDuties] = useState<Duties>({
    role: 'agent',
    all_queues: true,
    queue_ids: queues.map((queue) => queue.id),
  });
  const [sent, setSent] = useState<Invitation | null>(null);
  const invite = useChange(
    () =>
      api.post(
        '/api/v1/admin/sites/{site_id}/people',
        { email: email.trim(), ...duties },
        { path: { site_id: siteId } },
      ),
    { refresh: [peopleKey(siteId)], quiet: true, onDone: setSent },
  );
  if (sent) return <SentDialog invitation={sent} onClose={onClose} />;
  const refusal = invite.error && (errorsOf(invite.error).email ?? wordsFor(invite.error));
  return (
    <Dialog title={words.invite_title} lead={words.invite_lead} onClose={onClose}>
      <DialogForm
        confirm={words.send}
        isReady={email.trim() !== ''}
        isBusy={invite.isPending}
        onSubmit={() => invite.mutate(undefined)}
        onClose={onClose}
      >
        <TextField
          label={words.email}
          type="email"
          autoComplete="off"
          required
          value={email}
          error={refusal}
          onChange={setEmail}
        />
        <DutiesFields
          value={duties}
          queues={queues}
          onChange={(part) => setDuties((before) => ({ ...before, ...part }))}
        />
      </DialogForm>
    </Dialog>
  );
}

/** Where no mail arrives the link can be passed on by hand. */
export function SentDialog({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  return (
    <Dialog title={words.sent_title} lead={words.sent_lead(invitation.email)} onClose={onClose}>
      <div className="dialog-form">
        <CopyField label={words.link} text={invitation.link} />
        <footer className="dialog-footer">
          <Button look="primary" data-first onClick={onClose}>
            {words.done}
          </Button>
        </footer>
      </div>
    </Dialog>
  );
}
