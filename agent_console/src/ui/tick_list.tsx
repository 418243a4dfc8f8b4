import type { ReactNode } from 'react';
import { Tick } from './tick';
import './tick_list.css';

interface TickListProps<T extends string> {
  label: string;
  hint?: string;
  items: readonly { id: T; name: ReactNode }[];
  chosen: readonly T[];
  /** In the order of the items. */
  onChange: (chosen: T[]) => void;
}

/** Any number of these, each with its tick. */
export function TickList<T extends string>({ label, hint, items, chosen, onChange }: TickListProps<T>) {
  const toggle = (id: T) =>
    onChange(items.map((one) => one.id).filter((one) => (one === id) !== chosen.includes(one)));
  return (
    <fieldset className="tick-list">
      <legend className="field-label">{label}</legend>
      {items.map(({ id, name }) => (
        <Tick key={id} on={chosen.includes(id)} onChange={() => toggle(id)}>
          {name}
        </Tick>
      ))}
      {hint && <p className="form-hint">{hint}</p>}
    </fieldset>
  );
}
