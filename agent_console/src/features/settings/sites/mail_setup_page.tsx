import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Send } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { wordsFor } from '../../../state/failure';
import { useStore } from '../../../state/store';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { AreaField, FormSection, NumberField, SelectField, SwitchField, TextField } from '../../../ui/form';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import { SignatureFields } from '../signature_fields';
import { SaveBar } from '../save_bar';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { useForm } from '../use_form';

type MailSetup = components['schemas']['MailSetup'];
type Server = NonNullable<MailSetup['server']>;
const words = texts.settings.mail_setup;
const NEW_SERVER: Server = { host: '', port: 587, security: 'starttls', user: '', mailbox_id: null };

export default function MailSetupPage({ site }: SectionProps) {
  const { api } = useDesk();
  const query = useQuery({
    queryKey: ['mail_setup', site.id],
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/mail', { path: { site_id: site.id } }),
  });
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <Loaded query={query}>
        {(stored) => (
          <>
            {stored.trouble !== null && (
              <p className="test-result" role="alert" data-good={false}>
                <CircleAlert size={16} aria-hidden />
                {words.trouble(texts.mail_servers(stored.trouble))}
              </p>
            )}
            <MailForm siteId={site.id} stored={stored} />
            <TestMail siteId={site.id} />
          </>
        )}
      </Loaded>
    </PageFrame>
  );
}

function MailForm({ siteId, stored }: { siteId: string; stored: MailSetup }) {
  const { api } = useDesk();
  const { sender, signature, signatures, tells_closed, server, reopen_days } = stored;
  const form = useForm({
    sender,
    signature,
    signatures,
    tells_closed,
    server,
    reopen_days,
    password: null as string | null,
  });
  const { value, change, errors } = form;
  const save = useChange(
    () => api.put('/api/v1/admin/sites/{site_id}/mail', value, { path: { site_id: siteId } }),
    { refresh: [['mail_setup', siteId]], said: texts.settings.saved },
  );
  return (
    <form onSubmit={form.sends(save)}>
      <TextField
        label={words.sender}
        hint={words.sender_hint}
        placeholder="Nordlink <care@nordlink.example>"
        maxLength={320}
        value={value.sender}
        error={errors.sender}
        onChange={(sender) => change({ sender })}
      />
      <AreaField
        label={words.signature}
        hint={words.signature_hint}
        rows={3}
        maxLength={2000}
        value={value.signature}
        error={errors.signature}
        onChange={(signature) => change({ signature })}
      />
      <FormSection title={texts.tickets.signatures.of_site} lead={texts.tickets.signatures.of_site_lead}>
        <SignatureFields
          value={value.signatures}
          most={2000}
          onChange={(signatures) => change({ signatures })}
        />
      </FormSection>
      <NumberField
        label={words.reopen_days}
        hint={words.reopen_hint}
        min={0}
        max={3650}
        value={value.reopen_days}
        error={errors.reopen_days}
        onChange={(reopen_days) => change({ reopen_days })}
      />
      <SwitchField
        label={texts.tickets.tells_closed}
        hint={texts.tickets.tells_closed_hint}
        on={value.tells_closed}
        onChange={(tells_closed) => change({ tells_closed })}
      />
      <FormSection title={words.server} lead={words.server_lead}>
        <SwitchField
          label={words.own_server}
          on={value.server !== null}
          onChange={(on) => change({ server: on ? (stored.server ?? NEW_SERVER) : null })}
        />
        {value.server && (
          <ServerFields
            server={value.server}
            error={errors.server}
            mailboxes={stored.mailboxes}
            password={value.password}
            hasPassword={stored.has_password}
            onServer={(part) => value.server && change({ server: { ...value.server, ...part } })}
            onPassword={(password) => change({ password })}
          />
        )}
      </FormSection>
      <SaveBar isChanged={form.isChanged} isBusy={save.isPending} onDiscard={form.discard} />
    </form>
  );
}

interface ServerFieldsProps {
  server: Server;
  error: string | undefined;
  /** Those whose consent can be used. */
  mailboxes: MailSetup['mailboxes'];
  password: string | null;
  hasPassword: boolean;
  onServer: (part: Partial<Server>) => void;
  onPassword: (password: string | null) => void;
}

function ServerFields(props: ServerFieldsProps) {
  const { server, error, mailboxes, password, hasPassword, onServer, onPassword } = props;
  return (
    <>
      <TextField
        label={words.host}
        placeholder="smtp.example.com"
        required
        value={server.host}
        error={error}
        onChange={(host) => onServer({ host: host.trim() })}
      />
      <div className="form-pair">
        <NumberField
          label={words.port}
          min={1}
          max={65535}
          value={server.port}
          onChange={(port) => onServer({ port })}
        />
        <SelectField
          label={words.security}
          value={server.security}
          options={[
            { value: 'starttls', label: words.starttls },
            { value: 'tls', label: words.tls },
            { value: 'none', label: words.no_encryption },
          ]}
          onChange={(security) => onServer({ security, port: security === 'tls' ? 465 : 587 })}
        />
      </div>
      {(mailboxes.length > 0 || server.mailbox_id !== null) && (
        <SelectField
          label={words.signs_in}
          hint={server.mailbox_id === null ? undefined : words.consent_hint}
          value={server.mailbox_id ?? ''}
          options={[
            { value: '', label: words.by_password },
            ...mailboxes.map((box) => ({ value: box.id, label: words.by_consent(box.name) })),
          ]}
          onChange={(id) => onServer({ mailbox_id: id || null })}
        />
      )}
      <div className="form-pair">
        <TextField
          label={words.user}
          autoComplete="off"
          maxLength={320}
          value={server.user}
          onChange={(user) => onServer({ user })}
        />
        {server.mailbox_id === null && (
          <TextField
            label={words.password}
            type="password"
            autoComplete="new-password"
            maxLength={500}
            placeholder={hasPassword ? words.password_kept : undefined}
            value={password ?? ''}
            onChange={(text) => onPassword(text || null)}
          />
        )}
      </div>
    </>
  );
}

function TestMail({ siteId }: { siteId: string }) {
  const { api, work } = useDesk();
  const me = useStore(work.store, (state) => state.me.email);
  const [to, setTo] = useState(me);
  const test = useChange(
    () => api.post('/api/v1/admin/sites/{site_id}/mail/test', { to }, { path: { site_id: siteId } }),
    { quiet: true },
  );
  const problem = test.isError ? wordsFor(test.error) : test.data?.problem;
  return (
    <FormSection title={words.test} lead={words.test_lead}>
      <form
        className="settings-add-field"
        onSubmit={(event) => {
          event.preventDefault();
          test.mutate(undefined);
        }}
      >
        <TextField label={words.to} type="email" required value={to} onChange={setTo} />
        <Button type="submit" icon={Send} disabled={test.isPending}>
          {test.isPending ? words.sending : words.send}
        </Button>
      </form>
      {(test.data || test.isError) && (
        <p className="test-result" role="status" data-good={!problem}>
          {problem ? <CircleAlert size={16} aria-hidden /> : <CircleCheck size={16} aria-hidden />}
          {problem ? words.failed(texts.mail_servers(problem)) : words.sent(to)}
        </p>
      )}
    </FormSection>
  );
}
