import { useLayoutEffect, type RefObject } from 'react';

const COVERS = 'dialog[open], [role="menu"]';
const FIELDS = 'input, textarea, select, [contenteditable]';

const isIn = (places: string, element: Element | null): boolean => element?.closest(places) != null;

/** Calls back when the focus has left the dialog or menu that had it; their closing puts it somewhere else. */
function whenUncovered(then: () => void): () => void {
  const look = () => {
    if (isIn(COVERS, document.activeElement)) return;
    stop();
    // What closes may give the focus back twice, the browser and then we.
    queueMicrotask(then);
  };
  const stop = () => document.removeEventListener('focusin', look);
  document.addEventListener('focusin', look);
  return stop;
}

/**
 * Enter belongs to whatever has the focus, so the offer takes it, and gives it back. Before the card is painted:
 * who sees it may press. Not while somebody writes or decides something else: there Enter has a meaning already.
 */
export function useFocusWhileShown(button: RefObject<HTMLButtonElement | null>): void {
  useLayoutEffect(() => {
    const accept = button.current;
    let before: Element | null = null;
    const take = () => {
      if (!accept?.isConnected) return;
      before = document.activeElement;
      if (!isIn(FIELDS, before)) accept.focus({ preventScroll: true });
    };
    const isCovered = isIn(COVERS, document.activeElement);
    const stop = isCovered ? whenUncovered(take) : take();
    return () => {
      stop?.();
      if (document.activeElement !== accept && document.activeElement !== document.body) return;
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [button]);
}
