import { useEffect, useId, useRef, type ReactNode } from 'react';
import { X } from 'lucide-react';
import { texts } from '../texts';
import { IconButton } from './button';
import { classNames } from './class_names';
import './dialog.css';

interface DialogProps {
  title: string;
  lead?: string;
  onClose: () => void;
  size?: 'small' | 'wide';
  /** The title is only said: for a dialog whose field speaks for itself. */
  bare?: boolean;
  children: ReactNode;
}

/**
 * The browser's own modal dialog: it keeps the focus inside, closes on Escape and gives the focus back, and
 * needs no injected style that a strict CSP would refuse.
 */
export function Dialog({ title, lead, onClose, size = 'small', bare = false, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={classNames('dialog', `dialog-${size}`, bare && 'dialog-bare')}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className="dialog-body">
        <header className={classNames('dialog-header', bare && 'visually-hidden')}>
          <div>
            <h2 id={titleId}>{title}</h2>
            {lead && <p>{lead}</p>}
          </div>
          {!bare && <IconButton icon={X} label={texts.close} onClick={onClose} />}
        </header>
        {children}
      </div>
    </dialog>
  );
}
