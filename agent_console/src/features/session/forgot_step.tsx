import { useState } from 'react';
import type { Api } from '@engage/client';
import { texts } from '../../texts';
import { TextField } from '../../ui/form';
import { EntranceCard, StepLink } from './entrance_card';

interface ForgotStepProps {
  api: Api;
  email: string;
  onEmail: (email: string) => void;
  onBack: () => void;
}

/** The answer is the same whether there is such an account or not. */
export function ForgotStep({ api, email, onEmail, onBack }: ForgotStepProps) {
  const [isSent, setSent] = useState(false);
  const words = texts.access.step;
  if (isSent) {
    return (
      <EntranceCard
        title={words.forgot_sent_title}
        lead={words.forgot_sent(email.trim())}
        submit={words.back}
        onSubmit={async () => onBack()}
      />
    );
  }
  return (
    <EntranceCard
      title={words.forgot_title}
      lead={words.forgot_lead}
      submit={words.forgot_send}
      onSubmit={async () => {
        await api.post('/api/v1/agent/password-reset', { email: email.trim() });
        setSent(true);
      }}
      foot={<StepLink onClick={onBack}>{words.back}</StepLink>}
    >
      <TextField
        label={texts.sign_in.email}
        type="email"
        autoComplete="username"
        required
        autoFocus
        value={email}
        onChange={onEmail}
      />
    </EntranceCard>
  );
}
