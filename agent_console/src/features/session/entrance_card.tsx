import { useState, type ReactNode } from 'react';
import { wordsFor } from '../../state/failure';
import { Button } from '../../ui/button';
import { Logo } from '../../ui/logo';
import './sign_in_page.css';

interface EntranceCardProps {
  title: string;
  lead: string;
  submit: string;
  submitting?: string;
  /** What the button does; a refusal is told below the fields. */
  onSubmit: () => Promise<void>;
  children?: ReactNode;
  /** Below the button: other ways. */
  foot?: ReactNode;
  /** Said from the start: what went wrong before. */
  told?: string | null;
}

/** One step of coming in: a form with one button. */
export function EntranceCard({
  title,
  lead,
  submit,
  submitting,
  onSubmit,
  children,
  foot,
  told = null,
}: EntranceCardProps) {
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const said = refusal ?? told;
  async function send(): Promise<void> {
    setBusy(true);
    setRefusal(null);
    try {
      await onSubmit();
    } catch (failure) {
      setRefusal(wordsFor(failure));
    }
    setBusy(false);
  }
  return (
    <form
      className="sign-in-card"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Logo size={40} />
      <h1>{title}</h1>
      <p className="sign-in-lead">{lead}</p>
      {children}
      <p className="sign-in-refusal" role="alert">
        {said}
      </p>
      <Button look="primary" type="submit" disabled={isBusy}>
        {isBusy && submitting ? submitting : submit}
      </Button>
      {foot && <div className="sign-in-foot">{foot}</div>}
    </form>
  );
}

/** A quiet way to another step. */
export function StepLink({ children, onClick }: { children: ReactNode; onClick: () => void }) {
  return (
    <button type="button" className="sign-in-link" onClick={onClick}>
      {children}
    </button>
  );
}
