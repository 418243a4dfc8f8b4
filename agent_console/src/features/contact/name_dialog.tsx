import { useState } from 'react';
import { texts } from '../../texts';
import { Dialog } from '../../ui/dialog';
import { DialogForm } from '../../ui/dialog_form';
import { TextField } from '../../ui/form';
import { useContactAct, type ContactForm } from './use_contact';

/** Somebody nobody knew gets a name. */
export function NameDialog({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const words = texts.people;
  const make = useContactAct((api, form: ContactForm) =>
    api.post('/api/v1/agent/conversations/{conversation_id}/contact', form, {
      path: { conversation_id: conversationId },
    }),
  );
  const isReady = name.trim() !== '' || email.trim() !== '';
  function submit() {
    const form = { name: name.trim() || null, email: email.trim() || null, phone: null, attributes: {} };
    make.mutate(form, { onSuccess: onClose });
  }
  return (
    <Dialog title={words.who} onClose={onClose}>
      <DialogForm
        confirm={texts.lists.save}
        isReady={isReady}
        isBusy={make.isPending}
        onSubmit={submit}
        onClose={onClose}
      >
        <TextField label={words.name} value={name} maxLength={100} onChange={setName} data-first />
        <TextField label={words.email} type="email" value={email} maxLength={320} onChange={setEmail} />
      </DialogForm>
    </Dialog>
  );
}
