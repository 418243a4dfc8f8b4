import { useState } from 'react';
import { Problem, type Api } from '@engage/client';
import type { AgentDoor } from '@engage/client/src/agent';
import { texts } from '../../texts';
import { TextField } from '../../ui/form';
import { PasswordField } from '../../ui/password_field';
import { CodeStep } from './code_step';
import { EntranceCard, StepLink } from './entrance_card';
import { ProviderButtons, providerRefusal } from './provider_buttons';
import { ForgotStep } from './forgot_step';
import { SetUpStep } from './set_up_step';
import './sign_in_page.css';

interface SignInPageProps {
  door: AgentDoor;
  api: Api;
  /** The agent was at work and his session ended. */
  hasEnded: boolean;
  onSignedIn: () => void;
}

type Step =
  { at: 'password' } | { at: 'forgot' } | { at: 'code'; ticket: string } | { at: 'set_up'; ticket: string };

/** The steps that a password may be followed by, as the server names them. */
const STEPS: Readonly<Record<string, 'code' | 'set_up'>> = {
  second_factor_needed: 'code',
  second_factor_to_set_up: 'set_up',
};

/** The next step that a refusal asks for; null when it is a refusal indeed. */
function nextStep(failure: unknown): Step | null {
  if (!(failure instanceof Problem)) return null;
  const at = STEPS[failure.code];
  const { ticket } = (failure.body ?? {}) as { ticket?: string };
  return at && ticket ? { at, ticket } : null;
}

export function SignInPage({ door, api, hasEnded, onSignedIn }: SignInPageProps) {
  const [step, setStep] = useState<Step>({ at: 'password' });
  const [email, setEmail] = useState('');
  const back = () => setStep({ at: 'password' });
  return (
    <main className="sign-in">
      {step.at === 'password' && (
        <PasswordStep
          door={door}
          api={api}
          email={email}
          hasEnded={hasEnded}
          onEmail={setEmail}
          onStep={setStep}
          onSignedIn={onSignedIn}
        />
      )}
      {step.at === 'forgot' && <ForgotStep api={api} email={email} onEmail={setEmail} onBack={back} />}
      {step.at === 'code' && (
        <CodeStep api={api} ticket={step.ticket} onBack={back} onSignedIn={onSignedIn} />
      )}
      {step.at === 'set_up' && (
        <SetUpStep api={api} ticket={step.ticket} onBack={back} onSignedIn={onSignedIn} />
      )}
    </main>
  );
}

interface PasswordStepProps extends SignInPageProps {
  email: string;
  onEmail: (email: string) => void;
  onStep: (step: Step) => void;
}

function PasswordStep({ door, api, email, hasEnded, onEmail, onStep, onSignedIn }: PasswordStepProps) {
  const [password, setPassword] = useState('');
  const [told, setTold] = useState(providerRefusal);
  const words = texts.sign_in;

  async function signIn(): Promise<void> {
    try {
      await door.signIn(email.trim(), password);
    } catch (failure) {
      const next = nextStep(failure);
      if (!next) throw failure;
      return onStep(next);
    }
    onSignedIn();
  }

  return (
    <EntranceCard
      title={words.title}
      lead={hasEnded ? words.ended : words.lead}
      submit={words.submit}
      submitting={words.submitting}
      onSubmit={signIn}
      told={told}
      foot={
        <>
          <StepLink onClick={() => onStep({ at: 'forgot' })}>{texts.access.step.forgot}</StepLink>
          <ProviderButtons api={api} onRefused={setTold} />
        </>
      }
    >
      <TextField
        label={words.email}
        type="email"
        name="email"
        autoComplete="username"
        required
        autoFocus
        value={email}
        onChange={onEmail}
      />
      <PasswordField
        label={words.password}
        name="password"
        required
        value={password}
        onChange={setPassword}
      />
    </EntranceCard>
  );
}
