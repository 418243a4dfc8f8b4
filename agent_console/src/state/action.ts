import type { LucideIcon } from 'lucide-react';
import type { Offer, PartyRole, WorkItem } from '@engage/client/src/agent';
import type { Desk } from './desk';
import { engagementOf } from './desk_context';
import { openConversationId } from './route';
import { partOf } from './workspace';

export type ActionGroup = 'offer' | 'conversation' | 'work' | 'presence' | 'console';

export interface ActionContext {
  desk: Desk;
  conversation_id: string | null;
  item: WorkItem | null;
  /** I hold it and it is not yet being wrapped up. */
  is_mine: boolean;
  /** What I am in it beside its holder. */
  part: PartyRole | null;
  offer: Offer | null;
}

/** One thing an agent can do. Toolbar, command bar and shortcuts are all drawn from the one list of these. */
export interface Action {
  id: string;
  label: string;
  group: ActionGroup;
  icon: LucideIcon;
  /** `Mod` is Ctrl, or Command on Apple machines. */
  shortcut: string | null;
  /** Where a button for it stands, besides the command bar; `more` is the menu behind the buttons. */
  toolbar?: 'conversation' | 'more';
  isAllowed(context: ActionContext): boolean;
  run(context: ActionContext): void | Promise<void>;
}

export function contextOf(desk: Desk): ActionContext {
  const conversation_id = openConversationId(desk.router.route.get());
  const item = engagementOf(desk, conversation_id);
  const { me, offers } = desk.work.store.get();
  const is_mine = item?.agent?.id === me.id && (item.state === 'active' || item.state === 'parked');
  const part = item ? partOf(item, me.id) : null;
  return { desk, conversation_id, item, is_mine, part, offer: offers[0] ?? null };
}

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

export function isSingleKey(shortcut: string): boolean {
  return !shortcut.includes('Mod+');
}

/** Letters match without regard to case; a sign like `?` already contains its Shift. */
export function matches(shortcut: string, pressed: Pressed): boolean {
  const parts = shortcut.split('+');
  const key = parts.at(-1) ?? '';
  const wantsMod = parts.includes('Mod');
  const hasMod = pressed.ctrlKey || pressed.metaKey;
  if (wantsMod !== hasMod || pressed.altKey) return false;
  if (parts.includes('Shift') && !pressed.shiftKey) return false;
  return pressed.key.toLowerCase() === key.toLowerCase();
}
