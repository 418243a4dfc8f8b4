import { useState, type FormEvent } from 'react';
import { ExternalLink, Globe, Trash2 } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { FormSection, TextField } from '../../../ui/form';
import { CopyField } from '../copy_field';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { errorsOf } from '../use_form';
import { siteKey, useSite } from './use_site';

type SiteView = components['schemas']['SiteView'];
const words = texts.settings.install;

export default function InstallPage({ site }: SectionProps) {
  const query = useSite(site.id);
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <Loaded query={query}>
        {(stored) => (
          <>
            <FormSection title={words.tag} lead={words.tag_lead}>
              <CopyField label={words.tag} text={stored.tag} />
              <a className="button button-plain" href={stored.try_url} target="_blank" rel="noopener">
                <ExternalLink size={15} aria-hidden />
                <span className="truncate">{words.try}</span>
              </a>
              <p className="form-hint">{words.try_hint}</p>
            </FormSection>
            <Origins stored={stored} />
          </>
        )}
      </Loaded>
    </PageFrame>
  );
}

function Origins({ stored }: { stored: SiteView }) {
  const { api } = useDesk();
  const [typed, setTyped] = useState('');
  const change = useChange(
    (origins: string[]) =>
      api.put('/api/v1/admin/sites/{site_id}/origins', { origins }, { path: { site_id: stored.id } }),
    { refresh: [siteKey(stored.id)], said: texts.settings.saved, quiet: true },
  );
  function add(event: FormEvent) {
    event.preventDefault();
    const clear = () => setTyped((now) => (now === typed ? '' : now));
    if (typed.trim()) change.mutate([...stored.origins, typed], { onSuccess: clear });
  }
  return (
    <FormSection title={words.origins} lead={words.origins_lead}>
      {stored.origins.length > 0 && (
        <ul className="settings-rows">
          {stored.origins.map((origin) => (
            <li key={origin} className="settings-row">
              <Globe size={16} aria-hidden />
              <code className="settings-row-text">{origin}</code>
              <IconButton
                icon={Trash2}
                label={texts.settings.remove(origin)}
                disabled={change.isPending}
                onClick={() => change.mutate(stored.origins.filter((one) => one !== origin))}
              />
            </li>
          ))}
        </ul>
      )}
      <form className="settings-add-field" onSubmit={add} noValidate>
        <TextField
          label={words.add_origin}
          hint={words.origin_hint}
          placeholder="https://www.example.com"
          inputMode="url"
          value={typed}
          error={change.isError ? (errorsOf(change.error).origins ?? words.refused) : null}
          onChange={(text) => {
            setTyped(text);
            change.reset();
          }}
        />
        <Button type="submit" disabled={!typed.trim() || change.isPending}>
          {texts.settings.add}
        </Button>
      </form>
    </FormSection>
  );
}
