import { useState, type FormEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Tag, Trash2 } from 'lucide-react';
import type { Label, LabelColour } from '@engage/client/src/agent';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { Empty } from '../../../ui/empty';
import { LabelChip } from '../../../ui/label_chip';
import { ConfirmDialog } from '../confirm_dialog';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import './labels.css';

const words = texts.desk.labels;
const COLOURS: readonly LabelColour[] = ['grey', 'accent', 'info', 'good', 'warn', 'bad'];

export default function LabelsPage({ site }: SectionProps) {
  const { api } = useDesk();
  const key = ['labels', site.id];
  const labels = useQuery({
    queryKey: key,
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/labels', { path: { site_id: site.id } }),
  });
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <AddLabel siteId={site.id} refresh={key} />
      <Loaded query={labels}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={Tag} title={words.empty} hint={words.empty_hint} />
          ) : (
            <ul className="settings-rows">
              {items.map((label) => (
                <LabelRow key={label.id} label={label} refresh={key} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </PageFrame>
  );
}

function ColourField({
  name,
  value,
  onChange,
}: {
  name: string;
  value: LabelColour;
  onChange: (colour: LabelColour) => void;
}) {
  return (
    <select
      className="field labels-colour"
      aria-label={`${words.colour}: ${name || words.one}`}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as LabelColour)}
    >
      {COLOURS.map((colour) => (
        <option key={colour} value={colour}>
          {words.colours[colour]}
        </option>
      ))}
    </select>
  );
}

function AddLabel({ siteId, refresh }: { siteId: string; refresh: string[] }) {
  const { api } = useDesk();
  const [name, setName] = useState('');
  const [colour, setColour] = useState<LabelColour>('grey');
  const add = useChange(
    () => api.post('/api/v1/admin/sites/{site_id}/labels', { name, colour }, { path: { site_id: siteId } }),
    { refresh: [refresh], onDone: () => setName('') },
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() && !add.isPending) add.mutate(undefined);
  }
  return (
    <form className="settings-add" onSubmit={submit}>
      <input
        className="field"
        aria-label={words.one}
        placeholder={words.placeholder}
        maxLength={40}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <ColourField name={name} value={colour} onChange={setColour} />
      <Button look="primary" type="submit" disabled={!name.trim() || add.isPending}>
        {texts.settings.add}
      </Button>
    </form>
  );
}

function LabelRow({ label, refresh }: { label: Label; refresh: string[] }) {
  const { api } = useDesk();
  const [name, setName] = useState(label.name);
  const [isAsking, setAsking] = useState(false);
  const path = { label_id: label.id };
  const change = useChange(
    (next: Pick<Label, 'name' | 'colour'>) => api.put('/api/v1/admin/labels/{label_id}', next, { path }),
    { refresh: [refresh] },
  );
  const retire = useChange(() => api.delete('/api/v1/admin/labels/{label_id}', { path }), {
    refresh: [refresh],
  });
  function keep() {
    if (!name.trim()) return setName(label.name);
    if (name.trim() !== label.name) change.mutate({ name: name.trim(), colour: label.colour });
  }
  return (
    <li className="settings-row">
      <span className="labels-chip">
        <LabelChip label={{ ...label, name: name || label.name }} />
      </span>
      <input
        className="field settings-row-field"
        aria-label={texts.settings.edit(label.name)}
        value={name}
        maxLength={40}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      <ColourField
        name={label.name}
        value={label.colour}
        onChange={(colour) => change.mutate({ name: label.name, colour })}
      />
      <IconButton icon={Trash2} label={texts.settings.remove(label.name)} onClick={() => setAsking(true)} />
      {isAsking && (
        <ConfirmDialog
          title={texts.settings.remove(label.name)}
          lead={words.remove_lead(label.name)}
          confirm={texts.settings.remove_short}
          isBusy={retire.isPending}
          onConfirm={() => retire.mutate(undefined)}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}
