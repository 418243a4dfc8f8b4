import { useEffect } from 'react';
import { contextOf, isSingleKey, matches } from '../state/action';
import type { Desk } from '../state/desk';
import { useDesk } from '../state/desk_context';
import { NOTHING } from '../state/selection';
import { actions } from './actions';

const PRESSED = 'button:not(:disabled), a, summary';
/** A menu that fades away is in nobody's way. */
const COVERS = 'dialog[open], [role="menu"][data-state="open"]';

const FIELD = 'input:not([type="checkbox"]), textarea, select, [contenteditable]';

/** Something that letters are typed into. */
function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(FIELD) !== null;
}

/** Enter and the space bar belong to the button or link that has the focus, unless it was just switched off. */
function pressesItself(event: KeyboardEvent): boolean {
  const isPress = event.key === 'Enter' || event.key === ' ';
  return isPress && event.target instanceof HTMLElement && event.target.closest(PRESSED) !== null;
}

/** One step back: out of a field, then out of the conversation where it covers the list, then of the selection. */
function stepBack(desk: Desk): void {
  const { activeElement } = document;
  if (isField(activeElement) && activeElement instanceof HTMLElement) return activeElement.blur();
  const route = desk.router.route.get();
  const isNarrow = window.matchMedia('(max-width: 899px)').matches;
  if (isNarrow && route.page === 'work' && route.conversation_id !== null) {
    return desk.router.go({ ...route, conversation_id: null });
  }
  desk.bulk.selection.set(NOTHING);
}

function hear(desk: Desk, event: KeyboardEvent): void {
  if (event.isComposing || event.repeat) return;
  // A tooltip that happens to be shown takes Escape for itself; the step back is meant all the same.
  if (event.key === 'Escape') return stepBack(desk);
  if (event.defaultPrevented) return;
  const singleKeys = desk.preferences.get().single_keys && !isField(event.target) && !pressesItself(event);
  const context = contextOf(desk);
  for (const action of actions) {
    if (action.shortcut === null || !matches(action.shortcut, event)) continue;
    if (isSingleKey(action.shortcut) && !singleKeys) continue;
    if (!action.isAllowed(context)) continue;
    event.preventDefault();
    void action.run(context);
    return;
  }
}

export function useShortcuts(): void {
  const desk = useDesk();
  useEffect(() => {
    // An open dialog or menu has the keyboard to itself. Looked at before anybody acts on the key: when it
    // arrives here, a menu that it closed is gone already.
    let isCovered = false;
    const look = () => {
      isCovered = document.querySelector(COVERS) !== null;
    };
    const listener = (event: KeyboardEvent) => {
      if (!isCovered) hear(desk, event);
    };
    window.addEventListener('keydown', look, true);
    window.addEventListener('keydown', listener);
    return () => {
      window.removeEventListener('keydown', look, true);
      window.removeEventListener('keydown', listener);
    };
  }, [desk]);
}
