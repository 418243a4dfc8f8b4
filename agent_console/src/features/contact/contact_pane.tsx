import { useState, type ReactNode } from 'react';
import { BadgeCheck, BookOpen, Globe, IdCard, Search, UserPen, type LucideIcon } from 'lucide-react';
import { formWords } from '@engage/client';
import type { TrailStep } from '@engage/client/src/agent';
import type { LoadedConversation } from '../../state/conversation';
import { useNow } from '../../state/clock';
import { useConversation, useDesk } from '../../state/desk_context';
import { RouteLink } from '../../state/route_link';
import { texts, voice } from '../../texts';
import { Avatar } from '../../ui/avatar';
import { IconButton } from '../../ui/button';
import { ChannelMark } from '../../ui/channel_mark';
import { Skeleton } from '../../ui/skeleton';
import { dateOf, exactTime, lasting, listTime, timeIn } from '../../ui/time_words';
import { browserName } from '../../ui/browser_name';
import { ContactFacts, SamePerson } from './contact_facts';
import { Breakable } from './editable';
import { Card, Fact } from './fact';
import { NameDialog } from './name_dialog';
import { SidePanel } from './side_panel';
import { trailToShow } from './trail';
import { trailWords } from './trail_words';
import { useContact } from './use_contact';
import './contact_pane.css';

/** Facts about the visitor: who he is, what he told, what he did on the site, what was before. */
export function ContactPane({ conversationId, close }: { conversationId: string; close?: ReactNode }) {
  const view = useConversation(conversationId);
  return (
    <aside className="contact-pane" aria-label={texts.contact.label}>
      {close}
      {view ? <Cards view={view} /> : <Skeleton shape="facts" />}
    </aside>
  );
}

function Cards({ view }: { view: LoadedConversation }) {
  const { facts } = view;
  // Name and address stand above already.
  const told = facts.fields.filter(
    ({ value }) => value !== facts.visitor.name && value !== facts.visitor.email,
  );
  return (
    <>
      <Who view={view} />
      {facts.visitor.contact_id !== null && <Known id={facts.visitor.contact_id} />}
      {facts.side_panel && (
        <SidePanel conversationId={facts.conversation.id} title={facts.side_panel.title} />
      )}
      {Object.keys(facts.visitor.told).length > 0 && (
        <Card title={texts.contact.told}>
          <dl className="contact-facts">
            {Object.entries(facts.visitor.told).map(([name, value]) => (
              <Fact key={name} label={name}>
                <span dir="auto">{toldWords(value)}</span>
              </Fact>
            ))}
          </dl>
        </Card>
      )}
      {told.length > 0 && (
        <Card title={texts.contact.fields}>
          <dl className="contact-facts">
            {told.map((field) => {
              const { label, answer } = formWords(field, voice.locale);
              return (
                <Fact key={field.key} label={label}>
                  <span dir="auto">{answer}</span>
                </Fact>
              );
            })}
          </dl>
        </Card>
      )}
      <Card title={texts.contact.trail}>
        <Trail trail={facts.trail} />
      </Card>
      <EarlierCard view={view} />
    </>
  );
}

function toldWords(value: string | number | boolean): string {
  return typeof value === 'boolean' ? (value ? texts.contact.yes : texts.contact.no) : String(value);
}

function Who({ view }: { view: LoadedConversation }) {
  const { visitor, conversation, engagement } = view.facts;
  const words = texts.contact;
  const name = visitor.name || texts.nobody;
  const { browser, system } = browserName(visitor.user_agent ?? '');
  const program = browser && system ? texts.browser_on(browser, system) : (browser ?? system);
  return (
    <section className="contact-who">
      <header>
        <Avatar name={name} size={40} online={visitor.online} />
        <div>
          <h2 className="truncate" dir="auto">
            {name}
          </h2>
          <p>{visitor.online ? words.online : words.offline}</p>
          {visitor.verified && (
            <p className="contact-verified" title={words.verified_hint}>
              <BadgeCheck size={14} aria-hidden /> {words.verified}
            </p>
          )}
        </div>
        <WhoActions conversationId={conversation.id} contactId={visitor.contact_id} />
      </header>
      <dl className="contact-facts">
        {visitor.contact_id === null && (
          <Fact label={texts.sign_in.email}>
            {visitor.email ? <MailAddress address={visitor.email} /> : words.no_email}
          </Fact>
        )}
        {visitor.time_zone && (
          <Fact label={words.local_time}>
            <LocalTime zone={visitor.time_zone} />
          </Fact>
        )}
        {program && <Fact label={words.browser}>{program}</Fact>}
        {visitor.locale && <Fact label={words.language}>{languageName(visitor.locale)}</Fact>}
        {visitor.first_seen_at && <Fact label={words.first_seen}>{dateOf(visitor.first_seen_at)}</Fact>}
        <Fact label={words.contacts_before}>
          <span className="numbers">{visitor.contacts_before || words.none_before}</span>
        </Fact>
        {conversation.topic && <Fact label={words.topic}>{conversation.topic}</Fact>}
        {engagement && <Fact label={words.queue}>{engagement.queue.name}</Fact>}
        <Fact label={words.site}>{conversation.site.name}</Fact>
      </dl>
    </section>
  );
}

/** To the whole card, or a name for somebody nobody knew. */
function WhoActions({ conversationId, contactId }: { conversationId: string; contactId: string | null }) {
  const { router } = useDesk();
  const [isNaming, setNaming] = useState(false);
  const words = texts.people;
  if (contactId !== null) {
    const open = () => router.go({ page: 'people', contact_id: contactId });
    return <IconButton icon={IdCard} label={words.open_card} onClick={open} />;
  }
  return (
    <>
      <IconButton icon={UserPen} label={words.give_name} onClick={() => setNaming(true)} />
      {isNaming && <NameDialog conversationId={conversationId} onClose={() => setNaming(false)} />}
    </>
  );
}

/** What is known of the person, to be put right in its place. */
function Known({ id }: { id: string }) {
  const { data: card } = useContact(id);
  if (!card) return null;
  return (
    <>
      <SamePerson card={card} />
      <Card title={texts.people.attributes}>
        <ContactFacts card={card} />
      </Card>
    </>
  );
}

function MailAddress({ address }: { address: string }) {
  return (
    <a href={`mailto:${address}`}>
      <Breakable text={address} />
    </a>
  );
}

function languageName(locale: string): string {
  try {
    return new Intl.DisplayNames(voice.locale, { type: 'language' }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}

function LocalTime({ zone }: { zone: string }) {
  const now = useNow();
  return (
    <span className="numbers" title={zone}>
      {timeIn(zone, now) ?? zone}
    </span>
  );
}

const TRAIL_ICONS: Record<TrailStep['kind'], LucideIcon> = { page: Globe, search: Search, article: BookOpen };
const TRAIL_FIRST = 6;

function Trail({ trail }: { trail: readonly TrailStep[] }) {
  const [showsAll, setShowsAll] = useState(false);
  const now = useNow();
  const items = trailToShow(trail);
  if (items.length === 0) return <p className="contact-empty">{texts.contact.trail_empty}</p>;
  const shown = showsAll ? items : items.slice(0, TRAIL_FIRST);
  return (
    <>
      <ol className="trail">
        {shown.map((item) => {
          const Icon = TRAIL_ICONS[item.kind];
          return (
            <li key={`${item.kind} ${item.at} ${item.url ?? item.query ?? item.slug}`}>
              <Icon size={14} aria-hidden />
              <span className="truncate" title={item.url ?? undefined} dir="auto">
                {trailWords(item)}
              </span>
              <time className="numbers" dateTime={item.at} title={exactTime(item.at)}>
                {lasting(now - Date.parse(item.at))}
              </time>
            </li>
          );
        })}
      </ol>
      {items.length > shown.length && (
        <button type="button" className="contact-more" onClick={() => setShowsAll(true)}>
          {texts.contact.show_more(items.length - shown.length)}
        </button>
      )}
    </>
  );
}

/** Of this browser, or of all of the person's once he is known. */
function EarlierCard({ view }: { view: LoadedConversation }) {
  const { conversation, visitor, earlier } = view.facts;
  const { data: card } = useContact(visitor.contact_id);
  const all = card?.conversations.filter((one) => one.conversation_id !== conversation.id) ?? earlier;
  return (
    <Card title={texts.contact.earlier} count={all.length}>
      <Earlier earlier={all} />
    </Card>
  );
}

function Earlier({ earlier }: { earlier: LoadedConversation['facts']['earlier'] }) {
  const now = useNow();
  if (earlier.length === 0) return <p className="contact-empty">{texts.contact.earlier_empty}</p>;
  return (
    <ul className="earlier">
      {earlier.map((one) => (
        <li key={one.conversation_id}>
          <RouteLink to={{ page: 'work', view: 'closed', conversation_id: one.conversation_id }}>
            <span className="earlier-top">
              <ChannelMark channel={one.channel} size={13} />
              <span className="truncate">{one.topic || texts.work.no_topic}</span>
              <time className="numbers" dateTime={one.created_at} title={exactTime(one.created_at)}>
                {listTime(one.created_at, now)}
              </time>
            </span>
            <span className="earlier-text">{one.last_text}</span>
            {one.disposition && <span className="earlier-disposition">{one.disposition}</span>}
          </RouteLink>
        </li>
      ))}
    </ul>
  );
}
