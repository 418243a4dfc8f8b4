import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface SheetProps {
  label: string;
  onClose: () => void;
  children: ComponentChildren;
  className?: string;
}

/** A modal part of the panel. The dialog element keeps the focus inside and gives it back. */
export function Sheet({ label, onClose, children, className = 'sheet' }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={className}
      aria-label={label}
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Ours alone: the same key closes the whole panel.
        event.preventDefault();
        event.stopPropagation();
        dialog.current?.close();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      {children}
    </dialog>
  );
}
