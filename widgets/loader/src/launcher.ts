import { BUBBLE, CHEVRON, CROSS, element, icon } from './dom';
import { words } from './words';

export interface Launcher {
  setOpen(open: boolean): void;
  setUnread(count: number): void;
  setLabel(text: string): void;
  setHidden(hidden: boolean): void;
  /** A message that came while the panel was closed. */
  preview(name: string, text: string): void;
  focus(): void;
}

export interface LauncherActions {
  toggle: () => void;
  open: () => void;
  /** The pointer or the focus is near: the frame may load. */
  approach: () => void;
}

export function createLauncher(root: HTMLElement, actions: LauncherActions): Launcher {
  const button = element('button', 'launcher', { type: 'button', 'aria-expanded': 'false' });
  const icons = element('span', 'icons');
  const label = element('span', 'label', { dir: 'auto' });
  const badge = element('span', 'badge');
  let open = false;
  let unread = 0;
  let card: HTMLElement | null = null;

  icons.append(icon('bubble', BUBBLE), icon('shut', CHEVRON));
  badge.hidden = true;
  button.append(icons, label, badge);
  button.onclick = actions.toggle;
  button.onpointerenter = button.onfocus = actions.approach;
  root.append(button);
  name();

  function name(): void {
    const text = words();
    button.setAttribute(
      'aria-label',
      open ? text.close : unread > 0 ? text.unread(unread) : label.textContent || text.open,
    );
    button.setAttribute('aria-expanded', String(open));
  }

  function dropCard(): void {
    card?.remove();
    card = null;
  }

  return {
    setOpen(next) {
      open = next;
      if (open) dropCard();
      name();
    },
    setUnread(count) {
      unread = count;
      badge.hidden = count === 0;
      badge.textContent = count > 99 ? '99+' : String(count);
      if (count === 0) dropCard();
      name();
    },
    setLabel(text) {
      label.textContent = text;
      name();
    },
    setHidden(hidden) {
      button.hidden = hidden;
    },
    preview(from, text) {
      dropCard();
      card = element('div', 'card', { role: 'status', tabindex: '0' });
      const [who, what] = [element('b', '', { dir: 'auto' }), element('span', '', { dir: 'auto' })];
      const dismiss = element('button', 'dismiss', { type: 'button', 'aria-label': words().dismiss });
      who.textContent = from;
      what.textContent = text;
      dismiss.append(icon('', CROSS));
      dismiss.onclick = (event) => {
        event.stopPropagation();
        dropCard();
      };
      card.onclick = actions.open;
      card.onkeydown = (event) => {
        if (event.key === 'Enter' && event.target === card) actions.open();
      };
      card.append(who, what, dismiss);
      root.append(card);
    },
    focus: () => button.focus(),
  };
}
