import { useRef, useState, type ReactNode } from 'react';
import { wordsFor } from '../../state/failure';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import '../../ui/field.css';
import './choose_list.css';

export type Target = { kind: 'queue' | 'agent' | 'skill' | 'centre'; id: string; name: string };

interface TargetFormProps {
  title: string;
  words: {
    lead: string;
    note: string;
    note_placeholder: string;
    submit: string;
    submit_to: (name: string) => string;
    choose: string;
  };
  /** The list from which one is chosen. */
  list: (target: Target | null, onChoose: (one: Target) => void) => ReactNode;
  /** A further choice, between the note and the buttons. */
  children?: ReactNode;
  onSend: (target: Target, note: string) => Promise<void>;
  onClose: () => void;
}

/** Whom, and what he is told; it stays open with all that was written when the server refuses. */
export function TargetForm({ title, words, list, children, onSend, onClose }: TargetFormProps) {
  const [target, setTarget] = useState<Target | null>(null);
  const [note, setNote] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const noteField = useRef<HTMLTextAreaElement>(null);

  function choose(one: Target): void {
    setTarget(one);
    setRefusal(null);
    noteField.current?.focus();
  }

  async function send(): Promise<void> {
    if (!target) return setRefusal(words.choose);
    setBusy(true);
    try {
      await onSend(target, note.trim());
    } catch (failure) {
      // Another target is one key away.
      setRefusal(wordsFor(failure));
      setBusy(false);
    }
  }

  return (
    <Dialog title={title} lead={words.lead} onClose={onClose}>
      <form
        className="choose-form"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void send();
        }}
      >
        {list(target, choose)}
        <label className="choose-note">
          <span className="field-label">
            {words.note} <small>({texts.optional})</small>
          </span>
          <textarea
            ref={noteField}
            className="field"
            value={note}
            placeholder={words.note_placeholder}
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
        {children && <div className="choose-more">{children}</div>}
        {refusal && (
          <p className="choose-refusal" role="alert">
            {refusal}
          </p>
        )}
        <footer className="dialog-footer">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button look="primary" type="submit" disabled={isBusy} shortcut="Mod+Enter">
            {target ? words.submit_to(target.name) : words.submit}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
