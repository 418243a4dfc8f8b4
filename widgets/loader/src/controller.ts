import type { DownMessage, UpMessage, ViewName, VisitedPage, WidgetBootstrap } from '@engage/client';
import { inkOn } from './colour';
import { createMount } from './dom';
import type { EventHub } from './events';
import { createLauncher } from './launcher';
import { changesBetween, note, withChanges } from './memory';
import { createPanel, isNarrow } from './panel';
import type { Overrides, Settings } from './settings';
import { titleBlinker } from './title';
import { currentPage, followNavigation, visited } from './trail';
import { speak, spokenLanguage } from './words';

export interface Widget {
  open(view: ViewName | null): void;
  close(): void;
  update(overrides: Overrides): void;
  identify(jwt: string): void;
  /** The chat in the frame forgets who he was. */
  leave(): void;
  remove(): void;
}

export function startWidget(settings: Settings, bootstrap: WidgetBootstrap, hub: EventHub): Widget {
  /** What the page itself asked for, which beats the site's settings. */
  let wishes: Overrides = withoutEmpty(settings);
  let look = { ...bootstrap, ...wishes };
  const key = (name: string) => `engage:${settings.site}:${name}`;
  const trail = note<VisitedPage[]>('sessionStorage', key('trail'), []);
  const stayedOpen = note('sessionStorage', key('open'), false);
  const greeted = note('localStorage', key('greeted'), false);
  const running = note('localStorage', key('running'), false);
  const left = note('localStorage', key('left'), false);
  const kept = note<Record<string, string>>('localStorage', key('kept'), {});

  const locale = settings.locale ?? navigator.language;
  speak(locale);
  bootstrap.launcher_text =
    bootstrap.launcher_texts[locale.slice(0, 2).toLowerCase()] ?? bootstrap.launcher_text;
  look = { ...bootstrap, ...wishes };
  const mount = createMount();
  mount.root.lang = spokenLanguage();
  const title = titleBlinker();
  const launcher = createLauncher(mount.root, {
    toggle: () => (open ? close() : show(null)),
    open: () => show('conversation'),
    approach: () => panel.load(),
  });
  const panel = createPanel(mount.root, new URL(look.frame_url, settings.host).href, { hear, greet });
  let open = false;
  let identity: string | null = null;

  function show(view: ViewName | null): void {
    greeted.set(true);
    stayedOpen.set(true);
    setOpen(true, view);
    hub.emit('open', undefined);
  }

  function close(): void {
    if (!open) return;
    stayedOpen.set(false);
    setOpen(false, null);
    if (document.hasFocus()) launcher.focus();
    hub.emit('close', undefined);
  }

  function setOpen(next: boolean, view: ViewName | null): void {
    open = next;
    mount.root.classList.toggle('is-open', open);
    launcher.setLabel(greeted.get() ? '' : look.launcher_text);
    launcher.setOpen(open);
    panel.setOpen(open, view);
  }

  function greet(): DownMessage[] {
    const forget: DownMessage[] = left.get() ? [{ type: 'left' }] : [];
    left.forget();
    return [
      { type: 'kept', changes: kept.get() },
      ...forget,
      ...(identity ? [{ type: 'identity', jwt: identity } as const] : []),
      { type: 'trail', items: trail.get() },
      // Without a wish of the page the frame speaks the visitor's language.
      ...(wishes.locale ? [{ type: 'locale', locale: wishes.locale } as const] : []),
      { type: 'look', look: wishes },
    ];
  }

  function hear(message: UpMessage): void {
    switch (message.type) {
      case 'ready':
        panel.setReady();
        return hub.emit('ready', undefined);
      case 'open':
        return show(message.view ?? null);
      case 'close':
        return close();
      case 'unread':
        launcher.setUnread(message.n);
        return hub.emit('unread', { count: message.n });
      case 'message':
        if (!open) launcher.preview(message.name, message.text);
        return hub.emit('message', { conversation_id: message.conversation_id });
      case 'queue': {
        const { type: _, ...place } = message;
        return hub.emit('queue', place);
      }
      case 'error':
        return hub.emit('error', { code: message.code });
      case 'resize':
        return panel.setWide(message.wide);
      case 'title':
        return title.say(message.text);
      case 'running':
        return running.set(message.running);
      case 'keep':
        return kept.set(withChanges(kept.get(), message.changes));
    }
  }

  function dress(): void {
    mount.host.style.setProperty('--eg-accent', look.accent);
    mount.host.style.setProperty('--eg-ink', inkOn(look.accent));
    mount.host.style.setProperty('--eg-radius', `${look.radius}px`);
    mount.root.classList.toggle('left', look.position === 'left');
    launcher.setHidden(look.hide_launcher === true);
    launcher.setLabel(greeted.get() ? '' : look.launcher_text);
  }

  function moved(): void {
    const pages = visited(trail.get(), currentPage(), new Date().toISOString());
    const page = pages.at(-1);
    trail.set(pages);
    if (page) panel.tell({ type: 'page', page });
  }

  const escaped = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && open && mount.shadow.activeElement) close();
  };
  /** Another tab of this site keeps for its frame; ours has to know. */
  const keptElsewhere = ({ key: changed, oldValue, newValue }: StorageEvent) => {
    if (changed !== key('kept')) return;
    const values = (text: string | null) => JSON.parse(text ?? '{}') as Record<string, string>;
    panel.tell({ type: 'kept', changes: changesBetween(values(oldValue), values(newValue)) });
  };
  window.addEventListener('storage', keptElsewhere);
  document.addEventListener('keydown', escaped);
  const stopFollowing = followNavigation(moved);
  trail.set(visited(trail.get(), currentPage(), new Date().toISOString()));
  dress();
  // The frame starts by itself only for somebody who is in the middle of something.
  if (stayedOpen.get() && !isNarrow()) setOpen(true, null);
  else if (running.get()) panel.load();

  return {
    open: show,
    close,
    update(overrides) {
      wishes = { ...wishes, ...withoutEmpty(overrides) };
      look = { ...bootstrap, ...wishes };
      if (overrides.locale) {
        speak(overrides.locale);
        mount.root.lang = spokenLanguage();
        panel.tell({ type: 'locale', locale: overrides.locale });
      }
      panel.tell({ type: 'look', look: wishes });
      dress();
    },
    identify(jwt) {
      identity = jwt;
      panel.tell({ type: 'identity', jwt });
    },
    leave() {
      [stayedOpen, running, trail].forEach((kept) => kept.forget());
      panel.tell({ type: 'left' });
    },
    remove() {
      window.removeEventListener('storage', keptElsewhere);
      document.removeEventListener('keydown', escaped);
      stopFollowing();
      title.stop();
      panel.remove();
      mount.remove();
    },
  };
}

function withoutEmpty<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
