import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { AreaField, FormSection, SelectField, TextField } from '../../../ui/form';
import { dateOf, exactTime } from '../../../ui/time_words';
import { ConfirmDialog } from '../confirm_dialog';
import { CopyField } from '../copy_field';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import './integrations.css';

type Identity = components['schemas']['IdentityView'];
type Verdict = components['schemas']['TokenVerdict'];
const METHODS = ['secret', 'public_key', 'jwks'] as const;

const words = texts.settings.identity;
const keyOf = (siteId: string) => ['identity', siteId];

export default function IdentityPage({ site }: SectionProps) {
  const { api } = useDesk();
  const path = { site_id: site.id };
  const query = useQuery({
    queryKey: keyOf(site.id),
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/identity', { path }),
  });
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <Loaded query={query}>
        {(identity) => (
          <>
            <Method siteId={site.id} identity={identity} />
            {identity.method === 'secret' && <Secret siteId={site.id} identity={identity} />}
            <Tester siteId={site.id} />
            <FormSection title={words.code} lead={words.code_lead}>
              <CopyField label={words.code} text={sample(identity.site_key)} />
            </FormSection>
          </>
        )}
      </Loaded>
    </PageFrame>
  );
}

function Method({ siteId, identity }: { siteId: string; identity: Identity }) {
  const { api } = useDesk();
  const form = useForm({
    method: identity.method,
    public_key: identity.public_key ?? '',
    jwks_url: identity.jwks_url ?? '',
  });
  const { method, public_key, jwks_url } = form.value;
  const save = useChange(
    () =>
      api.post(
        '/api/v1/admin/sites/{site_id}/identity',
        { method, public_key: public_key || null, jwks_url: jwks_url || null },
        { path: { site_id: siteId } },
      ),
    { refresh: [keyOf(siteId)], said: texts.settings.saved },
  );
  return (
    <FormSection title={words.method}>
      <SelectField
        label={words.method_label}
        value={method}
        options={METHODS.map((value) => ({ value, label: words.methods[value] }))}
        onChange={(chosen) => form.change({ method: chosen })}
      />
      {method === 'public_key' && (
        <AreaField
          label={words.public_key}
          rows={6}
          value={public_key}
          onChange={(key) => form.change({ public_key: key })}
        />
      )}
      {method === 'jwks' && (
        <TextField
          label={words.jwks_url}
          inputMode="url"
          value={jwks_url}
          onChange={(url) => form.change({ jwks_url: url })}
        />
      )}
      <Button look="primary" disabled={!form.isChanged || save.isPending} onClick={form.sends(save)}>
        {texts.settings.save}
      </Button>
    </FormSection>
  );
}

function Secret({ siteId, identity }: { siteId: string; identity: Identity }) {
  const { api } = useDesk();
  const [secret, setSecret] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const make = useChange(
    () => api.post('/api/v1/admin/sites/{site_id}/identity/secret', undefined, { path: { site_id: siteId } }),
    {
      refresh: [keyOf(siteId)],
      onDone: (made) => {
        setSecret(made.secret);
        setAsking(false);
      },
    },
  );
  const { secret_made_at: madeAt, old_secret_until: oldUntil } = identity;
  return (
    <FormSection title={words.secret} lead={madeAt ? words.made_at(dateOf(madeAt)) : words.no_secret}>
      {oldUntil && <p className="form-hint">{words.old_until(exactTime(oldUntil))}</p>}
      {secret && (
        <>
          <CopyField label={words.secret} text={secret} />
          <p className="form-hint">{words.once}</p>
        </>
      )}
      <Button disabled={make.isPending} onClick={() => (madeAt ? setAsking(true) : make.mutate(undefined))}>
        {madeAt ? words.renew : words.make}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={words.renew}
          lead={words.renew_lead}
          confirm={words.renew}
          isBusy={make.isPending}
          onConfirm={() => make.mutate(undefined)}
          onClose={() => setAsking(false)}
        />
      )}
    </FormSection>
  );
}

function Tester({ siteId }: { siteId: string }) {
  const { api } = useDesk();
  const [token, setToken] = useState('');
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const attempt = useChange(
    () => api.post('/api/v1/admin/sites/{site_id}/identity/try', { token }, { path: { site_id: siteId } }),
    { onDone: setVerdict },
  );
  return (
    <FormSection title={words.tester} lead={words.tester_lead}>
      <AreaField
        label={words.token}
        rows={4}
        spellCheck={false}
        value={token}
        onChange={(text) => {
          setToken(text);
          setVerdict(null);
        }}
      />
      {verdict && (
        <p role="status" className={verdict.good ? 'identity-good' : 'identity-bad'} dir="auto">
          {verdict.good ? words.good(verdict.name ?? verdict.sub ?? '') : verdict.sentence}
        </p>
      )}
      <Button disabled={!token.trim() || attempt.isPending} onClick={() => attempt.mutate(undefined)}>
        {words.try}
      </Button>
    </FormSection>
  );
}

function sample(siteKey: string): string {
  return [
    'import jwt, secrets, time',
    '',
    'token = jwt.encode(',
    `    {"sub": customer.id, "aud": "${siteKey}", "exp": time.time() + 300, "jti": secrets.token_hex(16)},`,
    '    SECRET,',
    '    algorithm="HS256",',
    ')',
  ].join('\n');
}
