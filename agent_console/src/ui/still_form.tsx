import { useEffect, useRef, type ComponentPropsWithoutRef, type ReactNode } from 'react';
import './form.css';

interface StillFormProps extends ComponentPropsWithoutRef<'form'> {
  /** It is on its way to the server. */
  isBusy: boolean;
  /** Below its fields, and usable all the time: the way back. */
  footer?: ReactNode;
}

/**
 * A form that goes away once it is saved. What is typed meanwhile would go with it, so nothing can be; where the
 * server refuses, the caret is back in its place.
 */
export function StillForm({ isBusy, footer, onSubmit, children, ...rest }: StillFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const before = useRef<Element | null>(null);
  useEffect(() => {
    // Keys stay inside: on the page they would be shortcuts.
    if (isBusy) return form.current?.focus({ preventScroll: true });
    const isMine = document.activeElement === form.current;
    if (isMine && before.current instanceof HTMLElement) before.current.focus();
  }, [isBusy]);
  return (
    <form
      ref={form}
      tabIndex={-1}
      aria-busy={isBusy || undefined}
      onSubmit={(event) => {
        before.current = document.activeElement;
        onSubmit?.(event);
      }}
      {...rest}
    >
      <div inert={isBusy}>{children}</div>
      {footer}
    </form>
  );
}
