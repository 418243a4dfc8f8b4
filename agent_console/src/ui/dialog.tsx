import { useEffect, useId, useRef, type ReactNode } from 'react';
import { X } from 'lucide-react';
import { texts } from '../texts';
import { classNames } from './class_names';
import { NoticeList, useLayer } from './notice_list';
import './dialog.css';

/** Where the caret belongs when it opens; the browser would choose the closing button. */
const FIRST = '[data-first], input, textarea';

interface DialogProps {
  title: string;
  lead?: string;
  onClose: () => void;
  size?: 'small' | 'wide' | 'picture' | 'mail';
  /** The title is only said: for a dialog whose field speaks for itself. */
  bare?: boolean;
  children: ReactNode;
}

const CONTROL = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea';

/** To what opened it; where that goes away with its row, to the nearest control of what is still there. */
function giveBack(before: Element | null, around: readonly Element[]): void {
  if (!(before instanceof HTMLElement && before.isConnected)) return focusNearest(around);
  before.focus();
  // A list that is read anew may take the row away only after the dialog.
  const watch = new MutationObserver(() => {
    if (before.isConnected) return;
    watch.disconnect();
    if (document.activeElement === document.body) focusNearest(around);
  });
  watch.observe(document.body, { childList: true, subtree: true });
  document.addEventListener('focusin', () => watch.disconnect(), { once: true });
}

function focusNearest(around: readonly Element[]): void {
  const controls = around
    .filter((place) => place.isConnected)
    .flatMap((place) => [...place.querySelectorAll<HTMLElement>(CONTROL)]);
  // What this width does not show takes no focus.
  controls.find((one) => one.checkVisibility({ visibilityProperty: true }))?.focus();
}

/** An item of a menu goes with it: what opened that is what opened us. */
function openerOf(element: Element | null): Element | null {
  const trigger = element?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return trigger ? document.getElementById(trigger) : element;
}

function ancestorsOf(element: Element | null): Element[] {
  return element?.parentElement ? [element.parentElement, ...ancestorsOf(element.parentElement)] : [];
}

/**
 * The browser's own modal dialog: it keeps the focus inside, closes on Escape and gives the focus back, and
 * needs no injected style that a strict CSP would refuse.
 */
export function Dialog({ title, lead, onClose, size = 'small', bare = false, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // A tooltip, or a menu that is still on its way out, takes an Escape before it comes here: whoever pressed it meant us.
  const isTakenBelow = useRef(false);
  useLayer(titleId);
  useEffect(() => {
    const dialog = ref.current;
    const before = openerOf(document.activeElement);
    const around = ancestorsOf(before);
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>(FIRST)?.focus();
    return () => {
      dialog?.close();
      giveBack(before, around);
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={classNames('dialog', `dialog-${size}`, bare && 'dialog-bare')}
      aria-labelledby={titleId}
      onKeyDownCapture={(event) => {
        isTakenBelow.current = event.defaultPrevented;
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        if (event.defaultPrevented && !isTakenBelow.current) return;
        event.preventDefault();
        onClose();
      }}
      // The browser may close it by itself, e.g. by the back gesture of a phone.
      onClose={(event) => !event.currentTarget.open && onClose()}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className="dialog-body">
        <header className={classNames('dialog-header', bare && 'visually-hidden')}>
          <div>
            <h2 id={titleId}>{title}</h2>
            {lead && <p>{lead}</p>}
          </div>
          {/* Without a tooltip: that would take the first Escape for itself. */}
          {!bare && (
            <button type="button" className="icon-button" aria-label={texts.close} onClick={onClose}>
              <X size={17} aria-hidden />
            </button>
          )}
        </header>
        {children}
      </div>
      <NoticeList layer={titleId} />
    </dialog>
  );
}
