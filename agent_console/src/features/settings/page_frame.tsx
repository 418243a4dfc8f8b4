import type { ReactNode } from 'react';

interface PageFrameProps {
  title: string;
  lead?: string;
  /** What one can do with the whole page, at its end of the heading. */
  actions?: ReactNode;
  /** For tables, which want more room than a form. */
  size?: 'form' | 'table';
  children: ReactNode;
}

/** One page of the settings: what it is for, then what it holds. */
export function PageFrame({ title, lead, actions, size = 'form', children }: PageFrameProps) {
  return (
    <div className={`settings-frame settings-frame-${size}`}>
      <header>
        <div>
          <h1>{title}</h1>
          {lead && <p>{lead}</p>}
        </div>
        {actions && <div className="settings-frame-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
