import { useState, type FormEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { IdCard } from 'lucide-react';
import type { Answer } from '@engage/client';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { AreaField, SelectField, TextField } from '../../../ui/form';
import { NounList } from '../noun_list';
import { MoveButtons, NameField, RemoveButton } from '../noun_row';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import './people_settings.css';

const words = texts.settings.contact_fields;

type Field = Answer<'/api/v1/admin/sites/{site_id}/contact-fields', 'get'>['items'][number];
const KINDS = ['text', 'number', 'date', 'yes_no', 'link', 'choice'] as const;
const LONGEST = 60;

export default function ContactFieldsPage({ site }: SectionProps) {
  const { api } = useDesk();
  const path = { site_id: site.id };
  const refresh = [['contact_fields', site.id]];
  const query = useQuery({
    queryKey: ['contact_fields', site.id],
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/contact-fields', { path }),
  });
  const order = useChange(
    (ids: string[]) => api.put('/api/v1/admin/sites/{site_id}/contact-fields/order', { ids }, { path }),
    { refresh },
  );
  const rename = ({ id, kind, choices }: Field, label: string) =>
    api.put('/api/v1/admin/contact-fields/{field_id}', { label, kind, choices }, { path: { field_id: id } });
  return (
    <NounList
      words={words}
      icon={IdCard}
      query={query}
      add={<AddField siteId={site.id} refresh={refresh} />}
      onOrder={order.mutate}
      row={(field, move) => (
        <>
          <NameField
            name={field.label}
            maxLength={LONGEST}
            send={(label) => rename(field, label)}
            refresh={refresh}
          />
          <small className="truncate" title={field.choices.join(', ')}>
            {words.kinds[field.kind]}
          </small>
          <MoveButtons name={field.label} move={move} />
          <RemoveButton
            name={field.label}
            lead={words.remove_lead(field.label)}
            send={() =>
              api.delete('/api/v1/admin/contact-fields/{field_id}', { path: { field_id: field.id } })
            }
            refresh={refresh}
          />
        </>
      )}
    />
  );
}

function AddField({ siteId, refresh }: { siteId: string; refresh: string[][] }) {
  const { api } = useDesk();
  const [label, setLabel] = useState('');
  const [kind, setKind] = useState<Field['kind']>('text');
  const [lines, setLines] = useState('');
  const choices = lines
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const isReady = label.trim() !== '' && (kind !== 'choice' || choices.length > 0);
  const add = useChange(
    () =>
      api.post(
        '/api/v1/admin/sites/{site_id}/contact-fields',
        { label: label.trim(), kind, choices: kind === 'choice' ? choices : [] },
        { path: { site_id: siteId } },
      ),
    {
      refresh,
      onDone: () => {
        setLabel((now) => (now === label ? '' : now));
        setLines((now) => (now === lines ? '' : now));
      },
    },
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    if (isReady && !add.isPending) add.mutate(undefined);
  }
  return (
    <form onSubmit={submit}>
      <TextField
        label={words.one}
        placeholder={words.placeholder}
        maxLength={LONGEST}
        value={label}
        onChange={setLabel}
      />
      <SelectField
        label={words.kind}
        value={kind}
        options={KINDS.map((value) => ({ value, label: words.kinds[value] }))}
        onChange={setKind}
      />
      {kind === 'choice' && (
        <AreaField
          label={words.choices}
          hint={words.choices_hint}
          rows={4}
          value={lines}
          onChange={setLines}
        />
      )}
      <p className="settings-actions">
        <Button look="primary" type="submit" disabled={!isReady || add.isPending}>
          {texts.settings.add}
        </Button>
      </p>
    </form>
  );
}
