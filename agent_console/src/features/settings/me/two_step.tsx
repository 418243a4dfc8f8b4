import { useState } from 'react';
import { ShieldCheck, ShieldOff } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { wordsFor } from '../../../state/failure';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { DialogForm } from '../../../ui/dialog_form';
import { FormSection } from '../../../ui/form';
import { PasswordField } from '../../../ui/password_field';
import { Enrolment, RecoveryCodeList } from '../../../ui/second_factor';
import { useChange } from '../use_change';
import { ACCOUNT } from './profile_page';

type Account = components['schemas']['AccountView'];
type Act = 'set_up' | 'turn_off' | 'new_codes';
const words = texts.access.security;

const LEADS: Record<Act, string> = {
  set_up: words.confirm_lead,
  turn_off: `${words.turn_off_lead} ${words.confirm_lead}`,
  new_codes: `${words.new_codes_lead} ${words.confirm_lead}`,
};

/** Whether a code is asked for at sign-in, and what one can change about it. */
export function TwoStep({ account }: { account: Account }) {
  const [act, setAct] = useState<Act | null>(null);
  const isOn = account.second_factor;
  const Icon = isOn ? ShieldCheck : ShieldOff;
  return (
    <FormSection title={words.two_step} lead={words.two_step_lead}>
      <div className="security-state">
        <p data-on={isOn || undefined}>
          <Icon size={16} aria-hidden />
          <strong>{isOn ? words.is_on : words.is_off}</strong>
          {isOn && <span>{words.codes_left(account.recovery_codes_left)}</span>}
          {account.second_factor_required && <span>{words.required}</span>}
        </p>
        <div className="security-acts">
          {isOn ? (
            <>
              <Button onClick={() => setAct('new_codes')}>{words.new_codes}</Button>
              <Button look="bad" onClick={() => setAct('turn_off')}>
                {words.turn_off}
              </Button>
            </>
          ) : (
            <Button look="primary" disabled={!account.has_password} onClick={() => setAct('set_up')}>
              {words.set_up}
            </Button>
          )}
        </div>
      </div>
      {act && <TwoStepDialog act={act} onClose={() => setAct(null)} />}
    </FormSection>
  );
}

/** First the password, then what the act brings. */
function TwoStepDialog({ act, onClose }: { act: Act; onClose: () => void }) {
  const { api } = useDesk();
  const [password, setPassword] = useState('');
  const [offer, setOffer] = useState<components['schemas']['SecondFactorOffer'] | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const proof = { password };
  const prove = useChange(
    async () => {
      if (act === 'set_up') setOffer(await api.post('/api/v1/agent/account/second-factor', proof));
      if (act === 'new_codes')
        setCodes((await api.post('/api/v1/agent/account/recovery-codes', proof)).codes);
      if (act === 'turn_off') await api.post('/api/v1/agent/account/second-factor/remove', proof);
    },
    {
      refresh: [ACCOUNT],
      quiet: true,
      ...(act === 'turn_off' && { said: words.turned_off, onDone: onClose }),
    },
  );
  if (codes) return <CodesDialog codes={codes} onClose={onClose} />;
  if (offer) return <EnrolDialog offer={offer} onCodes={setCodes} onClose={onClose} />;
  return (
    <Dialog title={words[act]} lead={LEADS[act]} onClose={onClose}>
      <DialogForm
        confirm={act === 'set_up' ? texts.access.step.go_on : words[act]}
        look={act === 'turn_off' ? 'danger' : 'primary'}
        isReady={password !== ''}
        isBusy={prove.isPending}
        onSubmit={() => prove.mutate(undefined)}
        onClose={onClose}
      >
        <PasswordField
          label={texts.access.password.label}
          required
          value={password}
          error={prove.error ? wordsFor(prove.error) : null}
          onChange={setPassword}
        />
      </DialogForm>
    </Dialog>
  );
}

interface EnrolDialogProps {
  offer: components['schemas']['SecondFactorOffer'];
  onCodes: (codes: readonly string[]) => void;
  onClose: () => void;
}

function EnrolDialog({ offer, onCodes, onClose }: EnrolDialogProps) {
  const { api } = useDesk();
  const [code, setCode] = useState('');
  const confirm = useChange(
    () => api.post('/api/v1/agent/account/second-factor/confirm', { sealed: offer.sealed, code }),
    {
      refresh: [ACCOUNT],
      said: words.turned_on,
      quiet: true,
      onDone: (answer: { codes: string[] }) => onCodes(answer.codes),
    },
  );
  return (
    <Dialog title={words.set_up} onClose={onClose}>
      <DialogForm
        confirm={texts.access.two_step.turn_on}
        isReady={code.length >= 6}
        isBusy={confirm.isPending}
        onSubmit={() => confirm.mutate(undefined)}
        onClose={onClose}
      >
        <Enrolment
          offer={offer}
          code={code}
          error={confirm.error ? wordsFor(confirm.error) : null}
          onCode={setCode}
        />
      </DialogForm>
    </Dialog>
  );
}

function CodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const said = texts.access.two_step;
  return (
    <Dialog title={said.codes_title} lead={said.codes_lead} onClose={onClose}>
      <div className="dialog-form">
        <RecoveryCodeList codes={codes} />
        <footer className="dialog-footer">
          <Button look="primary" data-first onClick={onClose}>
            {said.kept}
          </Button>
        </footer>
      </div>
    </Dialog>
  );
}
