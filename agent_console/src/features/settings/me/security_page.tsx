import { useState } from 'react';
import { texts } from '../../../texts';
import { useDesk } from '../../../state/desk_context';
import { wordsFor } from '../../../state/failure';
import { Button } from '../../../ui/button';
import { FormSection } from '../../../ui/form';
import { PasswordField } from '../../../ui/password_field';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import { useChange } from '../use_change';
import { ACCOUNT, useAccount } from './profile_page';
import { BROWSERS, SignedInBrowsers } from './signed_in_browsers';
import { TwoStep } from './two_step';
import './security.css';

const words = texts.access.security;

export default function SecurityPage() {
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <Loaded query={useAccount()}>
        {(account) => (
          <>
            <FormSection title={words.password} lead={words.password_lead}>
              {account.has_password ? <ChangePassword email={account.email} /> : <p>{words.no_password}</p>}
            </FormSection>
            <TwoStep account={account} />
            <SignedInBrowsers />
          </>
        )}
      </Loaded>
    </PageFrame>
  );
}

function ChangePassword({ email }: { email: string }) {
  const { api } = useDesk();
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const change = useChange(() => api.post('/api/v1/agent/account/password', { old, new: fresh }), {
    refresh: [ACCOUNT, BROWSERS],
    said: words.changed,
    quiet: true,
    onDone: () => {
      setOld('');
      setFresh('');
    },
  });
  return (
    <form
      className="security-form"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(undefined);
      }}
    >
      {/* Tells the browser's password store whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <PasswordField label={words.old} required value={old} onChange={setOld} />
      <PasswordField
        label={texts.access.password.new}
        isNew
        required
        value={fresh}
        error={change.error ? wordsFor(change.error) : null}
        onChange={setFresh}
      />
      <Button look="primary" type="submit" disabled={!old || !fresh || change.isPending}>
        {words.change}
      </Button>
    </form>
  );
}
