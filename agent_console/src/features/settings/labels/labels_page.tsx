import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Tag } from 'lucide-react';
import type { Label, LabelColour } from '@engage/client/src/agent';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { LabelChip } from '../../../ui/label_chip';
import { NounList } from '../noun_list';
import { AddName, NameField, RemoveButton } from '../noun_row';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import './labels.css';

const words = texts.desk.labels;
const COLOURS: readonly LabelColour[] = ['grey', 'accent', 'info', 'good', 'warn', 'bad'];
const LONGEST = 40;

export default function LabelsPage({ site }: SectionProps) {
  const { api } = useDesk();
  const [colour, setColour] = useState<LabelColour>('grey');
  const path = { site_id: site.id };
  const refresh = [['labels', site.id]];
  const query = useQuery({
    queryKey: ['labels', site.id],
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/labels', { path }),
  });
  const add = (name: string) => api.post('/api/v1/admin/sites/{site_id}/labels', { name, colour }, { path });
  return (
    <NounList
      words={words}
      icon={Tag}
      query={query}
      add={
        <AddName words={words} maxLength={LONGEST} send={add} refresh={refresh}>
          {(name) => <ColourField name={name} value={colour} onChange={setColour} />}
        </AddName>
      }
      row={(label) => <LabelRow label={label} refresh={refresh} />}
    />
  );
}

interface ColourFieldProps {
  name: string;
  value: LabelColour;
  onChange: (colour: LabelColour) => void;
}

function ColourField({ name, value, onChange }: ColourFieldProps) {
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

function LabelRow({ label, refresh }: { label: Label; refresh: string[][] }) {
  const { api } = useDesk();
  const { name, colour } = label;
  const path = { label_id: label.id };
  const put = (next: Partial<Label>) =>
    api.put('/api/v1/admin/labels/{label_id}', { name, colour, ...next }, { path });
  const recolour = useChange((next: LabelColour) => put({ colour: next }), { refresh });
  return (
    <>
      <span className="labels-chip">
        <LabelChip label={label} />
      </span>
      <NameField name={name} maxLength={LONGEST} send={(next) => put({ name: next })} refresh={refresh} />
      <ColourField name={name} value={colour} onChange={recolour.mutate} />
      <RemoveButton
        name={name}
        lead={words.remove_lead(name)}
        send={() => api.delete('/api/v1/admin/labels/{label_id}', { path })}
        refresh={refresh}
      />
    </>
  );
}
