import { useEffect, useState } from 'react';
import type { Api } from '@engage/client';
import type { components } from '@engage/client/src/schema';
import { wordsFor } from '../../state/failure';
import { texts } from '../../texts';
import { Enrolment, RecoveryCodeList } from '../../ui/second_factor';
import { EntranceCard, StepLink } from './entrance_card';

interface SetUpStepProps {
  api: Api;
  ticket: string;
  onBack: () => void;
  onSignedIn: () => void;
}

type Offer = components['schemas']['SecondFactorOffer'];

/** Whoever must have a second factor sets it up before he comes in. */
export function SetUpStep({ api, ticket, onBack, onSignedIn }: SetUpStepProps) {
  const [offer, setOffer] = useState<Offer | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [code, setCode] = useState('');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const words = texts.access;

  useEffect(() => {
    api
      .post('/api/v1/agent/session/second-factor', { ticket })
      .then(setOffer, (refused: unknown) => setFailure(wordsFor(refused)));
  }, [api, ticket]);

  if (codes) {
    return (
      <EntranceCard
        title={words.two_step.codes_title}
        lead={words.two_step.codes_lead}
        submit={words.two_step.kept}
        onSubmit={async () => onSignedIn()}
      >
        <RecoveryCodeList codes={codes} />
      </EntranceCard>
    );
  }
  return (
    <EntranceCard
      title={words.step.set_up_title}
      lead={words.step.set_up_lead}
      submit={words.two_step.turn_on}
      onSubmit={async () => {
        if (!offer) return;
        const body = { ticket, sealed: offer.sealed, code };
        setCodes((await api.post('/api/v1/agent/session/second-factor/confirm', body)).codes);
      }}
      foot={<StepLink onClick={onBack}>{words.step.back}</StepLink>}
    >
      {offer && <Enrolment offer={offer} code={code} error={null} onCode={setCode} />}
      {failure && <p className="sign-in-refusal">{failure}</p>}
    </EntranceCard>
  );
}
