import type { ReactNode } from 'react';
import type { LucideIcon } from 'lucide-react';
import './empty.css';

interface EmptyProps {
  icon: LucideIcon;
  title: string;
  hint?: string;
  children?: ReactNode;
}

/** An empty place says what will appear here and how to make it. */
export function Empty({ icon: Icon, title, hint, children }: EmptyProps) {
  return (
    <div className="empty">
      <span className="empty-icon">
        <Icon size={20} aria-hidden />
      </span>
      <p className="empty-title">{title}</p>
      {hint && <p className="empty-hint">{hint}</p>}
      {children && <div className="empty-actions">{children}</div>}
    </div>
  );
}
