import type { ReactNode } from 'react';
import { ChevronRight } from 'lucide-react';

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Folded or not is remembered by the browser for as long as the page is open. */
export function Card({ title, count, children }: { title: string; count?: number; children: ReactNode }) {
  return (
    <details className="contact-card" open>
      <summary>
        <ChevronRight size={14} aria-hidden />
        <h3>{title}</h3>
        {count !== undefined && count > 0 && <span className="numbers">{count}</span>}
      </summary>
      {children}
    </details>
  );
}
