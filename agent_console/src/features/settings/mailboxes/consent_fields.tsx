import { CircleCheck } from 'lucide-react';
import { texts } from '../../../texts';
import { TextField } from '../../../ui/form';
import { CopyField } from '../copy_field';
import type { Form } from '../use_form';
import type { Mailbox, MailboxForm } from './mailbox_kinds';

const words = texts.mailboxes;
type OAuth = NonNullable<MailboxForm['oauth']>;

interface ConsentFieldsProps {
  form: Form<MailboxForm>;
  box: Mailbox | null;
  redirectUri: string;
}

/** How the mail service knows us, and whether its owner has agreed. */
export function ConsentFields({ form: { value, change, errors }, box, redirectUri }: ConsentFieldsProps) {
  const oauth = value.oauth;
  if (!oauth) return null;
  const put = (part: Partial<OAuth>) => change({ oauth: { ...oauth, ...part } });
  return (
    <>
      {box?.oauth.has_consent && (
        <p className="test-result" data-good>
          <CircleCheck size={16} aria-hidden />
          {words.consent_of(box.oauth.account ?? box.address)}
        </p>
      )}
      <p className="form-hint mailbox-redirect">{words.redirect}</p>
      <CopyField label={words.redirect} text={redirectUri} />
      <div className="form-pair">
        <TextField
          label={words.client_id}
          maxLength={300}
          value={oauth.client_id ?? ''}
          error={errors.oauth}
          onChange={(client_id) => put({ client_id })}
        />
        <TextField
          label={words.client_secret}
          type="password"
          autoComplete="new-password"
          maxLength={4000}
          placeholder={box?.oauth.has_client_secret ? words.kept : undefined}
          value={oauth.client_secret ?? ''}
          onChange={(secret) => put({ client_secret: secret || null })}
        />
      </div>
      {oauth.provider === 'other' && (
        <>
          <div className="form-pair">
            <TextField
              label={words.authorize_url}
              inputMode="url"
              value={oauth.authorize_url ?? ''}
              onChange={(authorize_url) => put({ authorize_url })}
            />
            <TextField
              label={words.token_url}
              inputMode="url"
              value={oauth.token_url ?? ''}
              onChange={(token_url) => put({ token_url })}
            />
          </div>
          <TextField label={words.scope} value={oauth.scope ?? ''} onChange={(scope) => put({ scope })} />
        </>
      )}
    </>
  );
}
