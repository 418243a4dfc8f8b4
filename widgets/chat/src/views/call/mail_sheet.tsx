import { useState } from 'preact/hooks';
import { useApp } from '../../ui/context';
import { Sheet } from '../../ui/sheet';
import { looksLikeMail } from '../contact_rules';
import { wordsFor } from './words';

/** Where the answer goes, if he does not want to wait for it. */
export function MailSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const { state, engine, texts } = useApp();
  const words = wordsFor(state.locale);
  const [email, setEmail] = useState(state.visitor?.email ?? '');
  const [complaint, setComplaint] = useState('');
  const [busy, setBusy] = useState(false);

  async function submit(): Promise<void> {
    if (!looksLikeMail(email)) return setComplaint(texts.badEmail);
    setBusy(true);
    const { rest, run } = engine.session;
    try {
      await run(() => rest.post(`/visitor/conversations/${id}/mail`, { email: email.trim() }));
      engine.load(id);
      onClose();
    } catch {
      setComplaint(words.failed);
      setBusy(false);
    }
  }

  return (
    <Sheet label={words.byMail} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h2>{words.byMail}</h2>
        <p class="note">{words.byMailHint}</p>
        <label class="label" for="instead-email">
          {words.email}
        </label>
        <input
          id="instead-email"
          class="field"
          type="email"
          autocomplete="email"
          maxLength={200}
          value={email}
          aria-invalid={complaint !== ''}
          aria-describedby="instead-complaint"
          onInput={(event) => {
            setEmail(event.currentTarget.value);
            setComplaint('');
          }}
        />
        <p class="complaint" id="instead-complaint" role="alert">
          {complaint}
        </p>
        <div class="sheet-actions">
          <button type="button" class="button quiet" onClick={onClose}>
            {words.waitOn}
          </button>
          <button type="submit" class="button primary" disabled={busy}>
            {words.byMail}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
