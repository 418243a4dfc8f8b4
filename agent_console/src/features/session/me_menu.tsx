import { Keyboard, LogOut } from 'lucide-react';
import { useDesk } from '../../state/desk_context';
import { useStore, useValue } from '../../state/store';
import { LANGUAGE_NAMES, texts } from '../../texts';
import { Avatar } from '../../ui/avatar';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuLine, MenuSwitch } from '../../ui/menu';

const THEMES = [
  { value: 'system', label: texts.me.theme_system },
  { value: 'light', label: texts.me.theme_light },
  { value: 'dark', label: texts.me.theme_dark },
] as const;

const LANGUAGES = [
  { value: 'browser', label: texts.me.language_browser },
  ...Object.entries(LANGUAGE_NAMES).map(([value, label]) => ({ value, label })),
];

/** What an agent sets for himself, and the way out. */
export function MeMenu() {
  const desk = useDesk();
  const { preferences, notices } = desk;
  const me = useStore(desk.work.store, (state) => state.me);
  const all = useValue(preferences);
  const set = (change: Partial<typeof all>) => preferences.update((now) => ({ ...now, ...change }));

  /** Browsers ask only after a click, and only once. */
  async function setNotifications(on: boolean): Promise<void> {
    if (!on) return set({ desktop_notifications: false });
    const answer = 'Notification' in window ? await Notification.requestPermission() : 'denied';
    set({ desktop_notifications: answer === 'granted' });
    if (answer !== 'granted') notices.say(texts.me.notifications_refused, 'bad');
  }

  return (
    <Menu
      label={texts.rail.me(me.name)}
      side="top"
      align="start"
      trigger={
        <button type="button" className="rail-me" aria-label={texts.rail.me(me.name)}>
          <Avatar name={me.name} picture={me.picture} size={32} />
        </button>
      }
    >
      <MenuLabel>
        {me.name}
        <br />
        {me.email}
      </MenuLabel>
      <MenuLine />
      <MenuLabel>{texts.me.theme}</MenuLabel>
      <MenuChoice
        label={texts.me.theme}
        value={all.theme}
        options={THEMES}
        onChange={(theme) => set({ theme })}
      />
      <MenuLabel>{texts.me.language}</MenuLabel>
      <MenuChoice
        label={texts.me.language}
        value={all.language}
        options={LANGUAGES}
        onChange={(language) => set({ language })}
      />
      <MenuSwitch
        label={texts.me.enter_sends}
        hint={texts.me.enter_sends_hint}
        on={all.enter_sends}
        onChange={(enter_sends) => set({ enter_sends })}
      />
      <MenuSwitch label={texts.me.sound} on={all.sound} onChange={(sound) => set({ sound })} />
      <MenuSwitch
        label={texts.me.notifications}
        on={all.desktop_notifications}
        onChange={(on) => void setNotifications(on)}
      />
      <MenuSwitch
        label={texts.me.single_keys}
        on={all.single_keys}
        onChange={(single_keys) => set({ single_keys })}
      />
      <MenuLine />
      <MenuItem
        icon={Keyboard}
        label={texts.me.shortcuts}
        shortcut="?"
        onSelect={() => desk.dialog.set('shortcuts')}
      />
      <MenuItem icon={LogOut} label={texts.me.sign_out} onSelect={() => void desk.signOut()} />
    </Menu>
  );
}
