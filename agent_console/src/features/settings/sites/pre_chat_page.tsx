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
            siteId={site.id}
            stored={fields.length > 0 ? fields.map((field) => toEdit(field, locales[0] ?? 'en')) : USUAL}
            locales={locales}
            topics={topics}
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
}

function FormBuilder({ siteId, stored, locales, topics }: FormBuilderProps) {
  const { api } = useDesk();
  const form = useForm({ fields: [...stored] });
  const main = locales[0] ?? 'en';
  /** The one that is being written. */
  const [locale, setLocale] = useState(main);
  const { fields } = form.value;
  const put = (next: AskedField[]) => form.change({ fields: next });
  const save = useChange(
    () =>
      api.put(
        '/api/v1/admin/sites/{site_id}/pre-chat',
        { fields: fields.map(toStore) },
        { path: { site_id: siteId } },
      ),
    { refresh: [['pre_chat', siteId]], said: texts.settings.saved },
  );
  return (
    <form onSubmit={form.sends(save)}>
      <p className="form-always">{words.always}</p>
      {locales.length > 1 && (
        <div className="form-language">
          <SelectField
            label={words.language}
            hint={words.language_hint(languageName(main))}
            value={locale}
            options={locales.map((one) => ({ value: one, label: languageName(one) }))}
            onChange={setLocale}
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
