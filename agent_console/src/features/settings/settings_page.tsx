import { Suspense, useEffect, useRef } from 'react';
import { ChevronLeft, Lock, Settings } from 'lucide-react';
import type { MySite } from '@engage/client/src/agent';
import { useDesk } from '../../state/desk_context';
import type { Route } from '../../state/route';
import { RouteLink } from '../../state/route_link';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { classNames } from '../../ui/class_names';
import { Empty } from '../../ui/empty';
import { SelectField } from '../../ui/form';
import { Skeleton } from '../../ui/skeleton';
import { isOpenTo, sections, type Section, type SectionGroup } from './sections';
import './settings_page.css';
import './settings_parts.css';

type SettingsRoute = Extract<Route, { page: 'settings' }>;

const GROUPS: readonly SectionGroup[] = ['me', 'site', 'work', 'team', 'records'];

export function SettingsPage({ route }: { route: SettingsRoute }) {
  const sites = useStore(useDesk().work.store, (state) => state.me.sites);
  const site = sites.find((one) => one.key === route.site) ?? sites[0] ?? null;
  // Where both fit, the first page stands beside the list; a phone shows the list alone.
  const key = route.section ?? sections.find((one) => isOpenTo(one, site))?.key;
  const section = sections.find((one) => one.key === key) ?? null;
  return (
    <div className={classNames('settings-page', route.section !== null && 'has-open')}>
      <SectionList route={{ ...route, section: key ?? null }} site={site} sites={sites} />
      <section className="settings-pane" aria-label={section?.label ?? texts.settings.label}>
        <SectionPane section={section} site={site} item={route.item} />
      </section>
    </div>
  );
}

interface SectionListProps {
  route: SettingsRoute;
  site: MySite | null;
  sites: readonly MySite[];
}

function SectionList({ route, site, sites }: SectionListProps) {
  const { router } = useDesk();
  const shown = sections.filter((section) => isOpenTo(section, site));
  const list = useRef<HTMLElement>(null);
  // Whoever comes by a link or the command bar sees where he is.
  useEffect(() => {
    list.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest' });
  }, [route.section]);
  return (
    <nav ref={list} className="settings-list" aria-label={texts.settings.label}>
      <h1 className="settings-list-title">{texts.settings.label}</h1>
      {sites.length > 1 && site && (
        <SelectField
          label={texts.settings.site}
          value={site.key}
          options={sites.map((one) => ({ value: one.key, label: one.name }))}
          onChange={(key) => router.go({ ...route, site: key, item: null })}
        />
      )}
      {GROUPS.filter((group) => shown.some((section) => section.group === group)).map((group) => (
        <div key={group} className="settings-group">
          <h2>{group === 'site' && site ? site.name : texts.settings.groups[group]}</h2>
          <ul>
            {shown
              .filter((section) => section.group === group)
              .map((section) => (
                <li key={section.key}>
                  <SectionLink section={section} site={site} isOpen={section.key === route.section} />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

interface SectionLinkProps {
  section: Section;
  site: MySite | null;
  isOpen: boolean;
}

function SectionLink({ section, site, isOpen }: SectionLinkProps) {
  const Icon = section.icon;
  return (
    <RouteLink
      className="settings-link"
      to={{
        page: 'settings',
        section: section.key,
        site: section.needs === null ? null : (site?.key ?? null),
        item: null,
      }}
      aria-current={isOpen ? 'page' : undefined}
    >
      <Icon size={16} aria-hidden />
      {section.label}
    </RouteLink>
  );
}

interface SectionPaneProps {
  section: Section | null;
  site: MySite | null;
  item: string | null;
}

function SectionPane({ section, site, item }: SectionPaneProps) {
  if (section === null) return <Empty icon={Settings} title={texts.settings.none} />;
  if (!site || !isOpenTo(section, site)) {
    return <Empty icon={Lock} title={texts.settings.not_allowed} hint={texts.settings.not_allowed_hint} />;
  }
  return (
    <>
      <RouteLink
        className="settings-back"
        to={{ page: 'settings', section: null, site: site.key, item: null }}
      >
        <ChevronLeft size={16} aria-hidden />
        {texts.settings.label}
      </RouteLink>
      <Suspense fallback={<Skeleton shape="facts" />}>
        <section.Page key={`${section.key}:${site.id}`} site={site} item={item} />
      </Suspense>
    </>
  );
}
