import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import {
  Ban,
  BookOpen,
  Building2,
  CircleCheckBig,
  Clock,
  Code,
  GraduationCap,
  Inbox,
  KeyRound,
  Scale,
  LogIn,
  MessageSquareQuote,
  Languages,
  ListChecks,
  ListOrdered,
  MailCheck,
  IdCard,
  PanelRightOpen,
  Palette,
  Phone,
  Plus,
  ScrollText,
  Settings2,
  ShieldCheck,
  Tag,
  Timer,
  User,
  Users,
  UsersRound,
  Star,
  BadgeCheck,
  Webhook,
  type LucideIcon,
} from 'lucide-react';
import type { MySite, Right } from '@engage/client/src/agent';
import { texts } from '../../texts';

export interface SectionProps {
  site: MySite;
  /** What is open inside the section, from the address. */
  item: string | null;
}

export type SectionGroup = 'me' | 'site' | 'work' | 'team' | 'records';

export interface Section {
  /** Stands in the address. */
  key: string;
  group: SectionGroup;
  label: string;
  icon: LucideIcon;
  /** What one must be allowed at the site; null for what concerns oneself. */
  needs: Right | null;
  Page: LazyExoticComponent<ComponentType<SectionProps>>;
}

/** Every page of the settings: the list at the side and the command bar are drawn from this. */
export const sections: readonly Section[] = [
  {
    key: 'profile',
    group: 'me',
    label: texts.access.profile.title,
    icon: User,
    needs: null,
    Page: lazy(() => import('./me/profile_page')),
  },
  {
    key: 'security',
    group: 'me',
    label: texts.access.security.title,
    icon: ShieldCheck,
    needs: null,
    Page: lazy(() => import('./me/security_page')),
  },
  {
    key: 'people',
    group: 'team',
    label: texts.access.people.title,
    icon: Users,
    needs: 'administer',
    Page: lazy(() => import('./team/people_page')),
  },
  {
    key: 'teams',
    group: 'team',
    label: texts.admin.teams.title,
    icon: UsersRound,
    needs: 'administer',
    Page: lazy(() => import('./team/teams_page')),
  },
  {
    key: 'centres',
    group: 'team',
    label: texts.routing.centres.title,
    icon: Building2,
    needs: 'supervise',
    Page: lazy(() => import('./routing/centres_page')),
  },
  {
    key: 'sso',
    group: 'team',
    label: texts.access.sso.title,
    icon: LogIn,
    needs: 'administer',
    Page: lazy(() => import('./team/sso_page')),
  },
  {
    key: 'keys',
    group: 'team',
    label: texts.access.keys.title,
    icon: KeyRound,
    needs: 'administer',
    Page: lazy(() => import('./team/keys_page')),
  },
  {
    key: 'general',
    group: 'site',
    label: texts.settings.general.title,
    icon: Settings2,
    needs: 'administer',
    Page: lazy(() => import('./sites/general_page')),
  },
  {
    key: 'install',
    group: 'site',
    label: texts.settings.install.title,
    icon: Code,
    needs: 'administer',
    Page: lazy(() => import('./sites/install_page')),
  },
  {
    key: 'look',
    group: 'site',
    label: texts.settings.look.title,
    icon: Palette,
    needs: 'administer',
    Page: lazy(() => import('./sites/look_page')),
  },
  {
    key: 'hours',
    group: 'site',
    label: texts.settings.hours.title,
    icon: Clock,
    needs: 'administer',
    Page: lazy(() => import('./sites/hours_page')),
  },
  {
    key: 'callback',
    group: 'site',
    label: texts.call_settings.title,
    icon: Phone,
    needs: 'administer',
    Page: lazy(() => import('./callback/callback_page')),
  },
  {
    key: 'texts',
    group: 'site',
    label: texts.settings.own_texts.title,
    icon: Languages,
    needs: 'administer',
    Page: lazy(() => import('./sites/texts_page')),
  },
  {
    key: 'mailboxes',
    group: 'site',
    label: texts.mailboxes.title,
    icon: Inbox,
    needs: 'administer',
    Page: lazy(() => import('./mailboxes/mailboxes_page')),
  },
  {
    key: 'mail',
    group: 'site',
    label: texts.settings.mail_setup.title,
    icon: MailCheck,
    needs: 'administer',
    Page: lazy(() => import('./sites/mail_setup_page')),
  },
  {
    key: 'add_site',
    group: 'site',
    label: texts.settings.add_site.title,
    icon: Plus,
    needs: 'administer',
    Page: lazy(() => import('./sites/add_site_page')),
  },
  {
    key: 'queues',
    group: 'work',
    label: texts.settings.queues.title,
    icon: ListOrdered,
    needs: 'administer',
    Page: lazy(() => import('./sites/queues_page')),
  },
  {
    key: 'skills',
    group: 'work',
    label: texts.routing.skills.title,
    icon: GraduationCap,
    needs: 'administer',
    Page: lazy(() => import('./routing/skills_page')),
  },
  {
    key: 'channels',
    group: 'work',
    label: texts.routing.channels.title,
    icon: Scale,
    needs: 'supervise',
    Page: lazy(() => import('./routing/channel_rules_page')),
  },
  {
    key: 'promises',
    group: 'work',
    label: texts.promises.title,
    icon: Timer,
    needs: 'administer',
    Page: lazy(() => import('./promises/promises_page')),
  },
  {
    key: 'pre_chat',
    group: 'work',
    label: texts.settings.pre_chat.title,
    icon: ListChecks,
    needs: 'administer',
    Page: lazy(() => import('./sites/pre_chat_page')),
  },
  {
    key: 'chat_rules',
    group: 'work',
    label: texts.settings.chat_rules.title,
    icon: Star,
    needs: 'administer',
    Page: lazy(() => import('./sites/chat_rules_page')),
  },
  {
    key: 'articles',
    group: 'work',
    label: texts.settings.articles.title,
    icon: BookOpen,
    needs: 'write_articles',
    Page: lazy(() => import('./articles/articles_page')),
  },
  {
    key: 'outcomes',
    group: 'work',
    label: texts.settings.outcomes.title,
    icon: CircleCheckBig,
    needs: 'administer',
    Page: lazy(() => import('./outcomes/outcomes_page')),
  },
  {
    key: 'canned',
    group: 'work',
    label: texts.desk.canned.title,
    icon: MessageSquareQuote,
    needs: 'answer',
    Page: lazy(() => import('./canned/canned_page')),
  },
  {
    key: 'labels',
    group: 'work',
    label: texts.desk.labels.title,
    icon: Tag,
    needs: 'administer',
    Page: lazy(() => import('./labels/labels_page')),
  },
  {
    key: 'side_panel',
    group: 'site',
    label: texts.settings.side_panel.title,
    icon: PanelRightOpen,
    needs: 'administer',
    Page: lazy(() => import('./people/side_panel_page')),
  },
  {
    key: 'contact_fields',
    group: 'work',
    label: texts.settings.contact_fields.title,
    icon: IdCard,
    needs: 'administer',
    Page: lazy(() => import('./people/contact_fields_page')),
  },
  {
    key: 'identity',
    group: 'site',
    label: texts.settings.identity.title,
    icon: BadgeCheck,
    needs: 'administer',
    Page: lazy(() => import('./integrations/identity_page')),
  },
  {
    key: 'webhooks',
    group: 'site',
    label: texts.settings.webhooks.title,
    icon: Webhook,
    needs: 'administer',
    Page: lazy(() => import('./integrations/webhooks_page')),
  },
  {
    key: 'blocks',
    group: 'records',
    label: texts.blocks.page,
    icon: Ban,
    needs: 'supervise',
    Page: lazy(() => import('./blocks/blocks_page')),
  },
  {
    key: 'audit',
    group: 'records',
    label: texts.settings.audit.title,
    icon: ScrollText,
    needs: 'administer',
    Page: lazy(() => import('./audit/audit_page')),
  },
];

export function isOpenTo(section: Section, site: MySite | null): boolean {
  return section.needs === null || (site?.rights.includes(section.needs) ?? false);
}
