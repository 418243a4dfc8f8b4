import type { Api } from '@engage/client';
import type { AgentEvent } from '@engage/client/src/agent';
import type { components } from '@engage/client/src/schema';
import { createStore } from './store';

export type MailRow = components['schemas']['MailRow'];
export type ReceivedMail = components['schemas']['ReceivedMailView'];

/** The mails of one conversation, by the entry that each stands for in the timeline. */
export interface MailsOf {
  readonly sent: ReadonlyMap<string, MailRow>;
  readonly received: ReadonlyMap<string, ReceivedMail>;
}

export const noMails: MailsOf = { sent: new Map(), received: new Map() };
const plainSubject = (subject: string) =>
  subject.replace(/^\s*((re|aw|fwd?|wg|sv|antw|r)\s*:\s*)+/i, '').trim();

/** The first mail says what it is about, and each that says something else than the one before. */
export function isNewSubject({ received }: MailsOf, entryId: string): boolean {
  const all = [...received.values()];
  const at = all.findIndex((mail) => mail.entry_id === entryId);
  const before = all[at - 1];
  return !before || plainSubject(before.subject) !== plainSubject(all[at]?.subject ?? '');
}

/** Enough for going to and fro. */
const KEPT = 20;
/** Of the names under which mails that came are kept. */
const BY_MAIL = 'mail-';
/** Several entries that come together are asked for once. */
const SOON_MS = 150;

function byEntry<T extends { entry_id: string | null }>(items: readonly T[]): Map<string, T> {
  return new Map(items.flatMap((item) => (item.entry_id ? [[item.entry_id, item] as const] : [])));
}

/** What is known of mails beside the timeline: where those that leave stand, and who wrote those that came. */
export function createMailKeeper(api: Api) {
  const store = createStore<ReadonlyMap<string, MailsOf>>(new Map());
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let stopped = false;

  function put(id: string, mails: MailsOf): void {
    const next = new Map(store.get());
    next.delete(id);
    next.set(id, mails);
    for (const old of next.keys()) if (next.size > KEPT) next.delete(old);
    store.set(next);
  }

  /** What was pushed while an answer was on its way is newer than that answer. */
  const heard = new Map<string, Map<string, MailRow>>();

  async function load(id: string): Promise<void> {
    const path = { conversation_id: id };
    const meanwhile = heard.get(id) ?? new Map<string, MailRow>();
    heard.set(id, meanwhile);
    try {
      const [sent, received] = await Promise.all([
        api.get('/api/v1/agent/conversations/{conversation_id}/mails', { path }),
        api.get('/api/v1/agent/conversations/{conversation_id}/received-mails', { path }),
      ]);
      if (stopped) return;
      put(id, {
        sent: new Map([...byEntry(sent.items), ...meanwhile]),
        received: byEntry(received.items),
      });
    } catch {
      // The timeline is readable without them; opening it again, or the next mail, asks anew.
    } finally {
      if (heard.get(id) === meanwhile) heard.delete(id);
    }
  }

  function loadSoon(id: string): void {
    clearTimeout(timers.get(id));
    timers.set(
      id,
      setTimeout(() => void load(id), SOON_MS),
    );
  }

  return {
    store,
    load,
    hear(event: AgentEvent): void {
      if (event.type === 'mail_changed') {
        const { conversation_id: id, mail } = event;
        const known = store.get().get(id) ?? noMails;
        if (!mail.entry_id) return;
        heard.get(id)?.set(mail.entry_id, mail);
        put(id, { ...known, sent: new Map(known.sent).set(mail.entry_id, mail) });
      }
      // Colleagues and programs write by mail too.
      const isNews = event.type === 'entry_added' && event.entry.client_id?.startsWith(BY_MAIL);
      if (isNews && store.get().has(event.entry.conversation_id)) loadSoon(event.entry.conversation_id);
    },
    stop(): void {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

export type MailKeeper = ReturnType<typeof createMailKeeper>;
