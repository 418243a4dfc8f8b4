import { useState } from 'react';
import type { Api } from '@engage/client';
import { texts } from '../../texts';
import { TextField } from '../../ui/form';
import { CodeField } from '../../ui/second_factor';
import { EntranceCard, StepLink } from './entrance_card';

interface CodeStepProps {
  api: Api;
  ticket: string;
  onBack: () => void;
  onSignedIn: () => void;
}

/** The second step: a code of the app, or a recovery code when the phone is not there. */
export function CodeStep({ api, ticket, onBack, onSignedIn }: CodeStepProps) {
  const [code, setCode] = useState('');
  const [hasPhone, setHasPhone] = useState(true);
  const words = texts.access.step;
  function turn(): void {
    setHasPhone(!hasPhone);
    setCode('');
  }
  return (
    <EntranceCard
      title={hasPhone ? words.code_title : words.recovery_title}
      lead={hasPhone ? words.code_lead : words.recovery_lead}
      submit={words.go_on}
      onSubmit={async () => {
        await api.post('/api/v1/agent/session/code', { ticket, code });
        onSignedIn();
      }}
      foot={
        <>
          <StepLink onClick={turn}>{hasPhone ? words.use_recovery : words.use_app}</StepLink>
          <StepLink onClick={onBack}>{words.back}</StepLink>
        </>
      }
    >
      {hasPhone ? (
        <CodeField label={words.code} value={code} onChange={setCode} />
      ) : (
        <TextField
          label={words.recovery}
          autoComplete="off"
          maxLength={40}
          required
          autoFocus
          value={code}
          onChange={setCode}
        />
      )}
    </EntranceCard>
  );
}
