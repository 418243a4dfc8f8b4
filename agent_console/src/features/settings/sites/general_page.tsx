import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { FormSection, SelectField, TextField } from '../../../ui/form';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import { SaveBar } from '../save_bar';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import { languageChoices, languageName, zoneChoices } from './languages';
import { siteKey, useSite } from './use_site';

type SiteView = components['schemas']['SiteView'];
const words = texts.settings.general;

export default function GeneralPage({ site }: SectionProps) {
  const query = useSite(site.id);
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <Loaded query={query}>{(stored) => <GeneralForm stored={stored} />}</Loaded>
    </PageFrame>
  );
}

function GeneralForm({ stored }: { stored: SiteView }) {
  const { api, work } = useDesk();
  const { name, locale, locales, time_zone, privacy_url } = stored;
  const form = useForm({ name, locale, locales, time_zone, privacy_url });
  const { value, change, errors } = form;
  const save = useChange(
    () => api.put('/api/v1/admin/sites/{site_id}/general', value, { path: { site_id: stored.id } }),
    { refresh: [siteKey(stored.id)], said: texts.settings.saved, onDone: () => void work.sync() },
  );
  const others = languageChoices(value.locale).filter(
    (one) => one.value !== value.locale && !value.locales.includes(one.value),
  );
  return (
    <form onSubmit={form.sends(save)}>
      <TextField
        label={words.name}
        maxLength={100}
        value={value.name}
        error={errors.name}
        onChange={(name) => change({ name })}
      />
      <SelectField
        label={words.time_zone}
        hint={words.time_zone_hint}
        value={value.time_zone}
        options={zoneChoices(value.time_zone)}
        onChange={(time_zone) => change({ time_zone })}
      />
      <TextField
        label={words.privacy_url}
        hint={words.privacy_url_hint}
        placeholder="https://www.example.com/privacy"
        value={value.privacy_url}
        error={errors.privacy_url}
        onChange={(privacy_url) => change({ privacy_url })}
      />
      <FormSection title={words.languages} lead={words.languages_lead}>
        <SelectField
          label={words.language}
          value={value.locale}
          options={languageChoices(value.locale)}
          onChange={(locale) => change({ locale, locales: value.locales.filter((one) => one !== locale) })}
        />
        <SelectField
          label={words.more_languages}
          hint={words.more_languages_hint}
          value=""
          options={[{ value: '', label: words.choose_language }, ...others]}
          onChange={(more) => more && change({ locales: [...value.locales, more] })}
        />
        <ul className="chips">
          {value.locales.map((one) => (
            <li key={one} className="chip">
              {languageName(one)}
              <button
                type="button"
                aria-label={texts.settings.remove(languageName(one))}
                onClick={() => change({ locales: value.locales.filter((other) => other !== one) })}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      </FormSection>
      <SaveBar isChanged={form.isChanged} isBusy={save.isPending} onDiscard={form.discard} />
    </form>
  );
}
