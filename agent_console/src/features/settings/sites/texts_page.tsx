import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { de } from '@engage/chat/src/texts/de';
import { en } from '@engage/chat/src/texts/en';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { AreaField, SelectField } from '../../../ui/form';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import { SaveBar } from '../save_bar';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import { languageName } from './languages';

type TextsView = components['schemas']['TextsView'];
const words = texts.settings.own_texts;
type Key = keyof typeof words.keys;
const KEYS = Object.keys(words.keys) as Key[];
const MOST = 300;

export default function TextsPage({ site }: SectionProps) {
  const { api } = useDesk();
  const query = useQuery({
    queryKey: ['texts', site.id],
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/texts', { path: { site_id: site.id } }),
  });
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <Loaded query={query}>{(stored) => <TextsForm siteId={site.id} stored={stored} />}</Loaded>
    </PageFrame>
  );
}

/** What the widget says by itself in this language. */
function ours(locale: string, key: Key): string {
  const catalogue: Readonly<Record<string, unknown>> = locale.startsWith('de') ? de : en;
  const text = catalogue[key];
  return typeof text === 'string' ? text : '';
}

function TextsForm({ siteId, stored }: { siteId: string; stored: TextsView }) {
  const { api } = useDesk();
  const [locale, setLocale] = useState(stored.locales[0] ?? 'en');
  const form = useForm<{ texts: Record<string, Partial<Record<Key, string>>> }>({ texts: stored.texts });
  const mine = form.value.texts[locale] ?? {};
  const save = useChange(
    () =>
      api.put(
        '/api/v1/admin/sites/{site_id}/texts',
        { texts: form.value.texts },
        { path: { site_id: siteId } },
      ),
    { refresh: [['texts', siteId]], said: texts.settings.saved },
  );
  return (
    <form onSubmit={form.sends(save)}>
      <SelectField
        label={words.language}
        hint={words.language_hint}
        value={locale}
        options={stored.locales.map((one) => ({ value: one, label: languageName(one) }))}
        onChange={setLocale}
      />
      {KEYS.map((key) => (
        <AreaField
          key={`${locale}:${key}`}
          label={words.keys[key]}
          rows={1}
          maxLength={MOST}
          placeholder={ours(locale, key) || words.from_look}
          value={mine[key] ?? ''}
          onChange={(text) =>
            form.change({ texts: { ...form.value.texts, [locale]: { ...mine, [key]: text } } })
          }
        />
      ))}
      <SaveBar isChanged={form.isChanged} isBusy={save.isPending} onDiscard={form.discard} />
    </form>
  );
}
