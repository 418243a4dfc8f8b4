import { texts } from '../../../texts';
import { NumberField, SelectField, TextField } from '../../../ui/form';
import type { Form } from '../use_form';
import type { Mailbox, MailboxForm } from './mailbox_kinds';

const words = texts.mailboxes;
type Security = NonNullable<MailboxForm['security']>;
const PORTS: Record<Security, number> = { tls: 993, starttls: 143, none: 143 };

/** Which server holds the mails, and as whom we sign in. */
export function ServerFields({ form, box }: { form: Form<MailboxForm>; box: Mailbox | null }) {
  const { value, change, errors } = form;
  return (
    <>
      <TextField
        label={words.host}
        placeholder="imap.example.com"
        maxLength={255}
        required
        value={value.host ?? ''}
        error={errors.host}
        onChange={(host) => change({ host: host.trim() })}
      />
      <div className="form-pair">
        <SelectField
          label={words.security}
          value={value.security ?? 'tls'}
          options={[
            { value: 'tls', label: words.tls },
            { value: 'starttls', label: words.starttls },
            { value: 'none', label: words.plain },
          ]}
          onChange={(security) => change({ security, port: PORTS[security] })}
        />
        <NumberField
          label={words.port}
          min={1}
          max={65535}
          value={value.port ?? 993}
          error={errors.port}
          onChange={(port) => change({ port })}
        />
      </div>
      <div className="form-pair">
        <TextField
          label={words.login}
          hint={words.login_hint}
          autoComplete="off"
          maxLength={320}
          placeholder={value.address}
          value={value.login ?? ''}
          error={errors.login}
          onChange={(login) => change({ login })}
        />
        <SelectField
          label={words.auth}
          value={value.auth ?? 'password'}
          options={[
            { value: 'password', label: words.auth_password },
            { value: 'oauth', label: words.auth_oauth },
          ]}
          onChange={(auth) => change({ auth })}
        />
      </div>
      {value.auth !== 'oauth' && (
        <TextField
          label={words.password}
          hint={words.app_password}
          type="password"
          autoComplete="new-password"
          maxLength={4000}
          placeholder={box?.has_password ? words.kept : undefined}
          value={value.password ?? ''}
          error={errors.password}
          onChange={(password) => change({ password: password || null })}
        />
      )}
    </>
  );
}
