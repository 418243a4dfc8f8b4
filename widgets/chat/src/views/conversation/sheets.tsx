import { useState } from 'preact/hooks';
import { useApp } from '../../ui/context';
import { Sheet } from '../../ui/sheet';
import { looksLikeMail } from '../contact_rules';

export function EndSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const { engine, texts } = useApp();
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);

  async function end(): Promise<void> {
    setBusy(true);
    setFailed(false);
    try {
      await engine.end(id);
      onClose();
    } catch {
      setFailed(true);
      setBusy(false);
    }
  }

  return (
    <Sheet label={texts.endConfirm} onClose={onClose}>
      <h2>{texts.endConfirm}</h2>
      <p class="note">{failed ? texts.endFailed : texts.endConfirmHint}</p>
      <div class="sheet-actions">
        <button type="button" class="button quiet" onClick={onClose}>
          {texts.endNo}
        </button>
        <button type="button" class="button danger" disabled={busy} onClick={() => void end()}>
          {texts.endYes}
        </button>
      </div>
    </Sheet>
  );
}

type Sending = { status: 'asking'; complaint: string } | { status: 'busy' } | { status: 'done' };

export function TranscriptSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const { state, engine, texts } = useApp();
  const [email, setEmail] = useState(state.visitor?.email ?? '');
  const [sending, setSending] = useState<Sending>({ status: 'asking', complaint: '' });
  const complaint = sending.status === 'asking' ? sending.complaint : '';

  async function submit(): Promise<void> {
    if (!looksLikeMail(email)) return setSending({ status: 'asking', complaint: texts.badEmail });
    setSending({ status: 'busy' });
    try {
      await engine.sendTranscript(id, email.trim());
      setSending({ status: 'done' });
    } catch {
      setSending({ status: 'asking', complaint: texts.endFailed });
    }
  }

  if (sending.status === 'done') {
    return (
      <Sheet label={texts.transcript} onClose={onClose}>
        <p role="status">{texts.transcriptSent(email.trim())}</p>
        <div class="sheet-actions">
          <button type="button" class="button primary" onClick={onClose}>
            {texts.close}
          </button>
        </div>
      </Sheet>
    );
  }
  return (
    <Sheet label={texts.transcript} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <label class="label" for="transcript-email">
          {texts.transcriptLabel}
        </label>
        <input
          id="transcript-email"
          class="field"
          type="email"
          autocomplete="email"
          maxLength={200}
          value={email}
          aria-invalid={complaint !== ''}
          aria-describedby="transcript-complaint"
          onInput={(event) => setEmail(event.currentTarget.value)}
        />
        <p class="complaint" id="transcript-complaint" role="alert">
          {complaint}
        </p>
        <div class="sheet-actions">
          <button type="button" class="button quiet" onClick={onClose}>
            {texts.cancel}
          </button>
          <button type="submit" class="button primary" disabled={sending.status === 'busy'}>
            {texts.transcriptSend}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
