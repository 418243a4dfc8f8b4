import type { DownMessage, UpMessage, ViewName } from '@engage/client';
import { element } from './dom';
import { currentPage } from './trail';
import { words } from './words';

export interface Panel {
  /** Starts loading the frame; again is no harm. */
  load(): void;
  setOpen(open: boolean, view: ViewName | null): void;
  setWide(wide: boolean): void;
  setReady(): void;
  tell(message: DownMessage): void;
  remove(): void;
}

const PATIENCE_MS = 10_000;
const NARROW = '(max-width: 479px)';

export const isNarrow = () => matchMedia(NARROW).matches;

export interface PanelTalk {
  hear: (message: UpMessage) => void;
  /** What the frame is told before anything else. */
  greet: () => DownMessage[];
}

export function createPanel(root: HTMLElement, frameUrl: string, talk: PanelTalk): Panel {
  const box = element('div', 'panel', { role: 'dialog', 'aria-label': words().panel });
  const stopFitting = fitToKeyboard(box);
  let frame: HTMLIFrameElement | null = null;
  let port: MessagePort | null = null;
  let waiting: DownMessage[] = [];
  let patience = 0;

  function load(): void {
    if (frame) return;
    frame = element('iframe', '', { title: words().panel, allow: 'autoplay; clipboard-write' });
    frame.onload = connect;
    frame.src = frameUrl;
    box.append(frame);
    root.append(box);
    patience = window.setTimeout(giveUp, PATIENCE_MS);
  }

  /** Blocked by a policy or a dead network: say so instead of showing an empty panel, and try anew when asked. */
  function giveUp(): void {
    const sorry = element('div', 'sorry', { role: 'alert' });
    const again = element('button', '', { type: 'button' });
    sorry.textContent = words().silent;
    again.textContent = words().again;
    again.onclick = () => {
      sorry.remove();
      frame?.remove();
      frame = port = null;
      load();
      tell({ type: 'open', view: null });
    };
    sorry.append(again);
    box.append(sorry);
    talk.hear({ type: 'error', code: 'frame_silent' });
  }

  /** A port of its own: nothing else on the page can listen in or speak, and the target origin is exact. */
  function connect(): void {
    port?.close();
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = (event: MessageEvent<UpMessage>) => talk.hear(event.data);
    const page = { ...currentPage(), referrer: document.referrer.split(/[?#]/)[0] ?? '' };
    const origin = new URL(frameUrl).origin;
    frame?.contentWindow?.postMessage({ type: 'engage:connect', page }, origin, [channel.port2]);
    [...talk.greet(), ...waiting].forEach((message) => port?.postMessage(message));
    waiting = [];
  }

  function tell(message: DownMessage): void {
    if (port) port.postMessage(message);
    else if (frame) waiting.push(message);
  }

  return {
    load,
    tell,
    setOpen(open, view) {
      if (open) load();
      box.classList.toggle('is-open', open);
      // A page that stands in another, and somebody writes there: what opens by itself leaves his caret alone.
      const quiet = !document.hasFocus();
      if (open && !quiet) {
        // Only a visible frame takes the focus; its visibility has just been set.
        box.getBoundingClientRect();
        frame?.focus();
      }
      if (frame) tell(open ? { type: 'open', view, quiet } : { type: 'close' });
    },
    setWide: (wide) => box.classList.toggle('wide', wide),
    setReady() {
      clearTimeout(patience);
      box.querySelector('.sorry')?.remove();
      frame?.classList.add('is-ready');
    },
    remove() {
      stopFitting();
      clearTimeout(patience);
      port?.close();
      box.remove();
    },
  };
}

/** On phones the keyboard shrinks only the visual viewport, and only the top page is told. */
function fitToKeyboard(box: HTMLElement): () => void {
  const viewport = window.visualViewport;
  if (!viewport) return () => {};
  const fit = () => {
    const full = isNarrow();
    box.style.height = full ? `${viewport.height}px` : '';
    box.style.marginTop = full ? `${viewport.offsetTop}px` : '';
  };
  viewport.addEventListener('resize', fit);
  viewport.addEventListener('scroll', fit);
  fit();
  return () => {
    viewport.removeEventListener('resize', fit);
    viewport.removeEventListener('scroll', fit);
  };
}
