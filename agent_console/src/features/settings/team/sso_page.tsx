import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { FormSection, SelectField, SwitchField, TextField } from '../../../ui/form';
import { ConfirmDialog } from '../confirm_dialog';
import { CopyField } from '../copy_field';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import { SaveBar } from '../save_bar';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import { ROLES } from './duties_fields';

type SingleSignOn = components['schemas']['SingleSignOn'];
type Role = NonNullable<NonNullable<SingleSignOn['provider']>['role_of_new']>;
const words = texts.access.sso;
const ssoKey = (siteId: string) => ['sso', siteId];

export default function SsoPage({ site }: SectionProps) {
  const { api } = useDesk();
  const query = useQuery({
    queryKey: ssoKey(site.id),
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/single-sign-on', { path: { site_id: site.id } }),
  });
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <Loaded query={query}>{(stored) => <SsoForm siteId={site.id} stored={stored} />}</Loaded>
    </PageFrame>
  );
}

function formOf(stored: SingleSignOn['provider']) {
  return {
    enabled: stored?.enabled ?? true,
    label: stored?.label ?? '',
    issuer: stored?.issuer ?? '',
    client_id: stored?.client_id ?? '',
    client_secret: '',
    domains: stored?.domains.join(', ') ?? '',
    role_of_new: stored?.role_of_new ?? ('' as Role | ''),
  };
}

function SsoForm({ siteId, stored }: { siteId: string; stored: SingleSignOn }) {
  const { api } = useDesk();
  const form = useForm(formOf(stored.provider));
  const { value, change, errors } = form;
  const path = { site_id: siteId };
  const save = useChange(
    () =>
      api.put(
        '/api/v1/admin/sites/{site_id}/single-sign-on',
        {
          ...value,
          client_secret: value.client_secret || null,
          domains: value.domains
            .split(',')
            .map((one) => one.trim())
            .filter(Boolean),
          role_of_new: value.role_of_new || null,
        },
        { path },
      ),
    { refresh: [ssoKey(siteId)], said: texts.settings.saved },
  );
  return (
    <form onSubmit={form.sends(save)}>
      <p className="field-label">{words.redirect}</p>
      <CopyField label={words.redirect} text={stored.redirect_uri} />
      <p className="form-hint">{words.redirect_hint}</p>
      <FormSection title={words.provider}>
        <TextField
          label={words.issuer}
          hint={words.issuer_hint}
          type="url"
          placeholder="https://id.example.com"
          required
          value={value.issuer}
          error={errors.issuer}
          onChange={(issuer) => change({ issuer })}
        />
        <TestButton siteId={siteId} issuer={value.issuer} />
        <TextField
          label={words.client_id}
          autoComplete="off"
          required
          value={value.client_id}
          error={errors.client_id}
          onChange={(client_id) => change({ client_id })}
        />
        <TextField
          label={words.client_secret}
          hint={words.client_secret_hint}
          type="password"
          autoComplete="off"
          placeholder={stored.provider?.has_secret ? '••••••••' : ''}
          value={value.client_secret}
          error={errors.client_secret}
          onChange={(client_secret) => change({ client_secret })}
        />
      </FormSection>
      <FormSection title={texts.access.people.title}>
        <TextField
          label={words.label}
          placeholder={words.label_placeholder}
          maxLength={60}
          required
          value={value.label}
          error={errors.label}
          onChange={(label) => change({ label })}
        />
        <TextField
          label={words.domains}
          hint={words.domains_hint}
          placeholder="example.com"
          required
          value={value.domains}
          error={errors.domains}
          onChange={(domains) => change({ domains })}
        />
        <SelectField
          label={words.new_people}
          hint={words.new_people_hint}
          value={value.role_of_new}
          options={[
            { value: '' as Role | '', label: words.keep_out },
            ...ROLES.map((role) => ({ value: role, label: words.becomes(texts.access.people.roles[role]) })),
          ]}
          onChange={(role_of_new) => change({ role_of_new })}
        />
        <SwitchField label={words.enabled} on={value.enabled} onChange={(enabled) => change({ enabled })} />
      </FormSection>
      {stored.provider && <RemoveButton siteId={siteId} />}
      <SaveBar isChanged={form.isChanged} isBusy={save.isPending} onDiscard={form.discard} />
    </form>
  );
}

/** Asks the provider itself, before anybody depends on it. */
function TestButton({ siteId, issuer }: { siteId: string; issuer: string }) {
  const { api, notices } = useDesk();
  const test = useChange(
    () =>
      api.post(
        '/api/v1/admin/sites/{site_id}/single-sign-on/test',
        { issuer },
        { path: { site_id: siteId } },
      ),
    { onDone: (answer: { issuer: string }) => notices.say(words.works(answer.issuer)) },
  );
  return (
    <Button className="sso-test" disabled={!issuer || test.isPending} onClick={() => test.mutate(undefined)}>
      {words.test}
    </Button>
  );
}

function RemoveButton({ siteId }: { siteId: string }) {
  const { api } = useDesk();
  const [isAsking, setAsking] = useState(false);
  const remove = useChange(
    () => api.delete('/api/v1/admin/sites/{site_id}/single-sign-on', { path: { site_id: siteId } }),
    { refresh: [ssoKey(siteId)] },
  );
  return (
    <>
      <Button look="bad" onClick={() => setAsking(true)}>
        {words.remove}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={words.remove}
          lead={words.remove_lead}
          confirm={words.remove}
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate(undefined)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
