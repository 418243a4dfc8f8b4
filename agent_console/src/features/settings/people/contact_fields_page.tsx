import { useState, type FormEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, IdCard, Trash2 } from 'lucide-react';
import type { Answer } from '@engage/client';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { Empty } from '../../../ui/empty';
import { AreaField, SelectField, TextField } from '../../../ui/form';
import { ConfirmDialog } from '../confirm_dialog';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import './people_settings.css';

const words = texts.settings.contact_fields;

type Field = Answer<'/api/v1/admin/sites/{site_id}/contact-fields', 'get'>['items'][number];
const KINDS = ['text', 'number', 'date', 'yes_no', 'link', 'choice'] as const;

export default function ContactFieldsPage({ site }: SectionProps) {
  const { api } = useDesk();
  const key = ['contact_fields', site.id];
  const path = { site_id: site.id };
  const fields = useQuery({
    queryKey: key,
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/contact-fields', { path }),
  });
  const order = useChange(
    (ids: string[]) => api.put('/api/v1/admin/sites/{site_id}/contact-fields/order', { ids }, { path }),
    { refresh: [key] },
  );
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <AddField siteId={site.id} refresh={key} />
      <Loaded query={fields}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={IdCard} title={words.empty} hint={words.empty_hint} />
          ) : (
            <ul className="settings-rows">
              {items.map((field, at) => (
                <FieldRow
                  key={field.id}
                  field={field}
                  refresh={key}
                  onUp={at > 0 ? () => order.mutate(swapped(items, at - 1)) : null}
                  onDown={at < items.length - 1 ? () => order.mutate(swapped(items, at)) : null}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
    </PageFrame>
  );
}

/** The ids with the one at this place behind its neighbour. */
function swapped(items: readonly Field[], at: number): string[] {
  const ids = items.map((item) => item.id);
  return [...ids.slice(0, at), ...ids.slice(at, at + 2).reverse(), ...ids.slice(at + 2)];
}

function AddField({ siteId, refresh }: { siteId: string; refresh: string[] }) {
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
      refresh: [refresh],
      onDone: () => {
        setLabel('');
        setLines('');
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
        maxLength={60}
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

interface FieldRowProps {
  field: Field;
  refresh: string[];
  onUp: (() => void) | null;
  onDown: (() => void) | null;
}

function FieldRow({ field, refresh, onUp, onDown }: FieldRowProps) {
  const { api } = useDesk();
  const [label, setLabel] = useState(field.label);
  const [isAsking, setAsking] = useState(false);
  const path = { field_id: field.id };
  const rename = useChange(
    () =>
      api.put(
        '/api/v1/admin/contact-fields/{field_id}',
        { label: label.trim(), kind: field.kind, choices: field.choices },
        { path },
      ),
    { refresh: [refresh] },
  );
  const retire = useChange(() => api.delete('/api/v1/admin/contact-fields/{field_id}', { path }), {
    refresh: [refresh],
  });
  function keep() {
    if (!label.trim()) return setLabel(field.label);
    if (label.trim() !== field.label) rename.mutate(undefined);
  }
  return (
    <li className="settings-row">
      <input
        className="field settings-row-field"
        aria-label={texts.settings.edit(field.label)}
        value={label}
        maxLength={60}
        onChange={(event) => setLabel(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      <small className="truncate" title={field.choices.join(', ')}>
        {words.kinds[field.kind]}
      </small>
      <IconButton
        icon={ArrowUp}
        label={texts.settings.up(field.label)}
        disabled={!onUp}
        onClick={() => onUp?.()}
      />
      <IconButton
        icon={ArrowDown}
        label={texts.settings.down(field.label)}
        disabled={!onDown}
        onClick={() => onDown?.()}
      />
      <IconButton icon={Trash2} label={texts.settings.remove(field.label)} onClick={() => setAsking(true)} />
      {isAsking && (
        <ConfirmDialog
          title={texts.settings.remove(field.label)}
          lead={words.remove_lead(field.label)}
          confirm={texts.settings.remove_short}
          isBusy={retire.isPending}
          onConfirm={() => retire.mutate(undefined)}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}
