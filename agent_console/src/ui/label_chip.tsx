import type { Label } from '@engage/client/src/agent';
import './label_chip.css';

/** A label as it stands in rows and headers; its colour never speaks alone. */
export function LabelChip({ label }: { label: Pick<Label, 'name' | 'colour'> }) {
  return (
    <span className="label-chip" data-colour={label.colour} dir="auto" title={label.name}>
      {label.name}
    </span>
  );
}
