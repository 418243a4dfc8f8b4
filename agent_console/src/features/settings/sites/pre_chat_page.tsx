import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Plus, RotateCcw } from 'lucide-react';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { SelectField } from '../../../ui/form';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import { SaveBar } from '../save_bar';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import { FieldCard } from './field_card';
import { languageName } from './languages';
import { newField, toEdit, toStore, USUAL, type AskedField } from './pre_chat';
import './pre_chat_page.css';

const words = texts.settings.pre_chat;

export default function PreChatPage({ site }: SectionProps) {
  const { api } = useDesk();
  const path = { site_id: site.id };
  // Above the form, which begins anew when it was saved.
  const [locale, setLocale] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ['pre_chat', site.id],
    queryFn: async () => {
      const [form, view, queues] = await Promise.all([
        api.get('/api/v1/admin/sites/{site_id}/pre-chat', { path }),
        api.get('/api/v1/admin/sites/{site_id}', { path }),
        api.get('/api/v1/admin/sites/{site_id}/queues', { path }),
      ]);
      return { fields: form.fields, locales: [view.locale, ...view.locales], topics: queues.items };
    },
  });
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <Loaded query={query}>
        {({ fields, locales, topics }) => (
          <FormBuilder
            key={JSON.stringify(fields)}
            siteId={site.id}
            stored={fields.length > 0 ? fields.map((field) => toEdit(field, locales[0] ?? 'en')) : USUAL}
            locales={locales}
            topics={topics}
            locale={locale ?? locales[0] ?? 'en'}
            onLocale={setLocale}
          />
        )}
      </Loaded>
    </PageFrame>
  );
}

interface FormBuilderProps {
  siteId: string;
  stored: readonly AskedField[];
  locales: readonly string[];
  topics: readonly { key: string; name: string }[];
  /** The one that is being written. */
  locale: string;
  onLocale: (locale: string) => void;
}

function FormBuilder({ siteId, stored, locales, topics, locale, onLocale }: FormBuilderProps) {
  const { api } = useDesk();
  const form = useForm({ fields: [...stored] });
  const main = locales[0] ?? 'en';
  const { fields } = form.value;
  const put = (next: AskedField[]) => form.change({ fields: next });
  const save = useChange(
    (wanted: AskedField[]) =>
      api.put('/api/v1/admin/sites/{site_id}/pre-chat', { fields: wanted }, { path: { site_id: siteId } }),
    { refresh: [['pre_chat', siteId]], said: texts.settings.saved },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(fields.map(toStore), { onError: form.refused });
      }}
    >
      <p className="form-always">{words.always}</p>
      {locales.length > 1 && (
        <div className="form-language">
          <SelectField
            label={words.language}
            hint={words.language_hint(languageName(main))}
            value={locale}
            options={locales.map((one) => ({ value: one, label: languageName(one) }))}
            onChange={onLocale}
          />
        </div>
      )}
      <ol className="form-fields">
        {fields.map((field, at) => (
          <FieldCard
            key={field.key}
            field={field}
            before={fields.slice(0, at)}
            after={fields.slice(at + 1)}
            locales={[locale, main]}
            topics={topics}
            onChange={(next) => put(fields.with(at, next))}
            onRemove={() => put(fields.filter((_, place) => place !== at))}
            onUp={at > 0 ? () => put(swapped(fields, at - 1)) : null}
            onDown={at < fields.length - 1 ? () => put(swapped(fields, at)) : null}
          />
        ))}
      </ol>
      <div className="form-acts">
        <Button icon={Plus} onClick={() => put([...fields, newField(fields)])}>
          {words.add}
        </Button>
        {JSON.stringify(fields) !== JSON.stringify(USUAL) && (
          <Button look="quiet" icon={RotateCcw} onClick={() => put([...USUAL])}>
            {words.usual}
          </Button>
        )}
      </div>
      {save.isError && (
        <p className="form-error" role="alert">
          {Object.values(form.errors)[0] ?? words.refused}
        </p>
      )}
      <SaveBar isChanged={form.isChanged} isBusy={save.isPending} onDiscard={form.discard} />
    </form>
  );
}

function swapped(fields: readonly AskedField[], at: number): AskedField[] {
  return [...fields.slice(0, at), ...fields.slice(at, at + 2).reverse(), ...fields.slice(at + 2)];
}
