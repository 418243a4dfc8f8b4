import { useState } from 'react';
import { Eye, EyeOff } from 'lucide-react';
import type { AgentDoor, Me } from '@engage/client/src/agent';
import { wordsFor } from '../../state/failure';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Logo } from '../../ui/logo';
import '../../ui/field.css';
import './sign_in_page.css';

interface SignInPageProps {
  door: AgentDoor;
  /** The agent was at work and his session ended. */
  hasEnded: boolean;
  onSignedIn: (me: Me) => void;
}

export function SignInPage({ door, hasEnded, onSignedIn }: SignInPageProps) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isShown, setShown] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const words = texts.sign_in;

  async function signIn(): Promise<void> {
    setBusy(true);
    setRefusal(null);
    try {
      onSignedIn(await door.signIn(email.trim(), password));
    } catch (failure) {
      setRefusal(wordsFor(failure));
      setBusy(false);
    }
  }

  return (
    <main className="sign-in">
      <form
        className="sign-in-card"
        onSubmit={(event) => {
          event.preventDefault();
          void signIn();
        }}
      >
        <Logo size={40} />
        <h1>{words.title}</h1>
        <p className="sign-in-lead">{hasEnded ? words.ended : words.lead}</p>
        <label>
          <span className="field-label">{words.email}</span>
          <input
            className="field"
            type="email"
            name="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </label>
        <label>
          <span className="field-label">{words.password}</span>
          <span className="sign-in-password">
            <input
              className="field"
              type={isShown ? 'text' : 'password'}
              name="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
            <button
              type="button"
              aria-label={isShown ? words.hide_password : words.show_password}
              onClick={() => setShown(!isShown)}
            >
              {isShown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
            </button>
          </span>
        </label>
        <p className="sign-in-refusal" role="alert">
          {refusal}
        </p>
        <Button look="primary" type="submit" disabled={isBusy}>
          {isBusy ? words.submitting : words.submit}
        </Button>
      </form>
    </main>
  );
}
