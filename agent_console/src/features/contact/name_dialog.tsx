import { useState, type FormEvent } from 'react';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
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
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isReady || make.isPending) return;
    const form = { name: name.trim() || null, email: email.trim() || null, phone: null, attributes: {} };
    make.mutate(form, { onSuccess: onClose });
  }
  return (
    <Dialog title={words.who} onClose={onClose}>
      <form className="dialog-form" onSubmit={submit}>
        <TextField label={words.name} value={name} maxLength={100} onChange={setName} data-first />
        <TextField label={words.email} type="email" value={email} maxLength={320} onChange={setEmail} />
        <div className="dialog-footer">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button look="primary" type="submit" disabled={!isReady || make.isPending}>
            {texts.lists.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
