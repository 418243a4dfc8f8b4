import type { ReactNode } from 'react';
import './tick.css';

interface TickProps {
  on: boolean;
  onChange: (on: boolean) => void;
  children: ReactNode;
}

/** Something to tick; its words are pressed as well. */
export function Tick({ on, onChange, children }: TickProps) {
  return (
    <label className="tick">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.currentTarget.checked)} />
      {children}
    </label>
  );
}
