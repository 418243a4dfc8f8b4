import {
  AtSign,
  Command,
  Ellipsis,
  Inbox,
  LayoutDashboard,
  Mails,
  PhoneCall,
  Settings,
  Users,
} from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import { PresenceSwitch } from '../features/presence/presence_switch';
import { MeMenu } from '../features/session/me_menu';
import { useDesk } from '../state/desk_context';
import { RouteLink } from '../state/route_link';
import { useStore, useValue } from '../state/store';
import { hasCalls } from '../state/workspace';
import { texts } from '../texts';
import { Logo } from '../ui/logo';
import { Menu, MenuItem } from '../ui/menu';
import { modKey } from '../ui/keys';
import { unreadCount } from './use_title';

/** So often an admin's console asks whether mail needs him. */
const ALARM_MS = 30_000;

export function Rail() {
  const { router, work, dialog } = useDesk();
  const route = useValue(router.route);
  const unread = useStore(work.store, unreadCount);
  const oversees = useStore(work.store, (state) =>
    state.me.sites.some(({ rights }) => rights.includes('supervise')),
  );
  const calls = useStore(work.store, hasCalls);
  const mentions = useStore(work.store, (state) => state.unread_mentions);
  return (
    <nav className="rail" aria-label={texts.rail.label}>
      <span className="rail-logo">
        <Logo size={30} />
      </span>
      <RouteLink
        className="rail-link"
        to={{ page: 'work', view: 'mine', conversation_id: null }}
        aria-current={route.page === 'work' ? 'page' : undefined}
      >
        <Inbox size={19} aria-hidden />
        {texts.rail.work}
        {unread > 0 && (
          <span className="rail-badge numbers" aria-label={texts.work.unread(unread)}>
            {unread}
          </span>
        )}
      </RouteLink>
      <RouteLink
        className="rail-link"
        to={{ page: 'mentions' }}
        aria-current={route.page === 'mentions' ? 'page' : undefined}
      >
        <AtSign size={19} aria-hidden />
        {texts.desk.mentions.short}
        {mentions > 0 && (
          <span className="rail-badge numbers" aria-label={texts.desk.mentions.unread(mentions)}>
            {mentions}
          </span>
        )}
      </RouteLink>
      {oversees && (
        <RouteLink
          className="rail-link rail-rest"
          to={{ page: 'board', site: null }}
          aria-current={route.page === 'board' ? 'page' : undefined}
        >
          <LayoutDashboard size={19} aria-hidden />
          {texts.board.title}
        </RouteLink>
      )}
      <RouteLink
        className="rail-link"
        to={{ page: 'people', contact_id: null }}
        aria-current={route.page === 'people' ? 'page' : undefined}
      >
        <Users size={19} aria-hidden />
        {texts.people.label}
      </RouteLink>
      <RouteLink
        className="rail-link rail-rest"
        to={{ page: 'mails', mail_id: null }}
        aria-current={route.page === 'mails' ? 'page' : undefined}
      >
        <Mails size={19} aria-hidden />
        {texts.rail.mails}
      </RouteLink>
      {calls && (
        <RouteLink
          className="rail-link rail-rest"
          to={{ page: 'callbacks' }}
          aria-current={route.page === 'callbacks' ? 'page' : undefined}
        >
          <PhoneCall size={19} aria-hidden />
          {texts.planned.short}
        </RouteLink>
      )}
      <button
        type="button"
        className="rail-link rail-rest"
        title={`${texts.rail.commands} (${modKey} K)`}
        onClick={() => dialog.set('commands')}
      >
        <Command size={19} aria-hidden />
        {texts.rail.commands}
      </button>
      <span className="rail-space" />
      <RouteLink
        className="rail-link rail-rest"
        to={{ page: 'settings', section: null, site: null, item: null }}
        aria-current={route.page === 'settings' ? 'page' : undefined}
      >
        <Settings size={19} aria-hidden />
        {texts.rail.settings}
        <MailAlarmMark />
      </RouteLink>
      <MoreMenu oversees={oversees} calls={calls} />
      <PresenceSwitch />
      <MeMenu />
    </nav>
  );
}

/** A mail that could not be filed, or a mailbox that cannot be read, waits for an admin. */
function MailAlarmMark() {
  const { api, work } = useDesk();
  const administers = useStore(work.store, ({ me }) =>
    me.sites.some((site) => site.rights.includes('administer')),
  );
  const alarms = useQuery({
    queryKey: ['mail_alarms'],
    queryFn: () => api.get('/api/v1/admin/mail-alarms'),
    enabled: administers,
    refetchInterval: ALARM_MS,
  });
  if (!alarms.data?.items.length) return null;
  return (
    <span className="rail-badge" role="img" aria-label={texts.mail_admin.incoming.alarm}>
      !
    </span>
  );
}

/** On a phone, where words have room for a few places only. */
function MoreMenu({ oversees, calls }: { oversees: boolean; calls: boolean }) {
  const { router, dialog } = useDesk();
  const { page } = useValue(router.route);
  const isHere = page !== 'work' && page !== 'mentions' && page !== 'people';
  return (
    <span className="rail-more">
      <Menu
        label={texts.rail.more}
        side="top"
        trigger={
          <button type="button" className="rail-link" aria-current={isHere ? 'page' : undefined}>
            <Ellipsis size={19} aria-hidden />
            {texts.rail.more}
          </button>
        }
      >
        {oversees && (
          <MenuItem
            icon={LayoutDashboard}
            label={texts.board.title}
            onSelect={() => router.go({ page: 'board', site: null })}
          />
        )}
        <MenuItem
          icon={Mails}
          label={texts.rail.mails}
          onSelect={() => router.go({ page: 'mails', mail_id: null })}
        />
        {calls && (
          <MenuItem
            icon={PhoneCall}
            label={texts.planned.title}
            onSelect={() => router.go({ page: 'callbacks' })}
          />
        )}
        <MenuItem icon={Command} label={texts.rail.commands} onSelect={() => dialog.set('commands')} />
        <MenuItem
          icon={Settings}
          label={texts.rail.settings}
          onSelect={() => router.go({ page: 'settings', section: null, site: null, item: null })}
        />
      </Menu>
    </span>
  );
}
