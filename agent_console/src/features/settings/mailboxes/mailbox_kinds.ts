import { AtSign, Inbox, Mail, Server, type LucideIcon } from 'lucide-react';
import type { components } from '@engage/client/src/schema';

export type Mailboxes = components['schemas']['Mailboxes'];
export type Mailbox = components['schemas']['MailboxView'];
export type MailboxForm = components['schemas']['MailboxForm'];
export type Kind = 'google' | 'microsoft' | 'imap' | 'inbound';

export const KINDS: readonly { kind: Kind; icon: LucideIcon }[] = [
  { kind: 'google', icon: AtSign },
  { kind: 'microsoft', icon: Mail },
  { kind: 'imap', icon: Server },
  { kind: 'inbound', icon: Inbox },
];

export const mailboxesKey = (siteId: string) => ['mailboxes', siteId] as const;

export function kindOf(box: Pick<Mailbox, 'protocol' | 'auth' | 'oauth'>): Kind {
  if (box.protocol === 'inbound') return 'inbound';
  return box.auth === 'oauth' && box.oauth.provider !== 'other' ? box.oauth.provider : 'imap';
}

/** A new mailbox of this kind, with what is known of its service. */
export function formFor(kind: Kind, { queues, providers }: Mailboxes): MailboxForm {
  const known = providers.find(
    ({ name }) => name === (kind === 'google' || kind === 'microsoft' ? kind : 'other'),
  );
  return {
    name: '',
    address: '',
    queue_id: queues[0]?.id ?? '',
    aliases: [],
    protocol: kind === 'inbound' ? 'inbound' : 'imap',
    host: known?.host ?? '',
    port: known?.port ?? 993,
    security: known?.security ?? 'tls',
    auth: kind === 'google' || kind === 'microsoft' ? 'oauth' : 'password',
    login: '',
    password: null,
    oauth: {
      provider: known?.name ?? 'other',
      client_id: '',
      client_secret: null,
      authorize_url: known?.authorize_url ?? '',
      token_url: known?.token_url ?? '',
      scope: known?.scope ?? '',
    },
    folder: 'INBOX',
    done_folder: '',
    authserv_id: '',
    is_on: true,
  };
}

/** What is stored, as a form: secrets stay where they are unless something is typed. */
export function formOf(box: Mailbox): MailboxForm {
  const { name, address, queue_id, aliases, protocol, host, port, security, auth, login } = box;
  const { folder, done_folder, authserv_id, is_on } = box;
  const { provider, client_id, authorize_url, token_url, scope } = box.oauth;
  return {
    ...{ name, address, queue_id, aliases, protocol, host, port, security, auth, login, password: null },
    oauth: { provider, client_id, client_secret: null, authorize_url, token_url, scope },
    ...{ folder, done_folder, authserv_id, is_on },
  };
}
