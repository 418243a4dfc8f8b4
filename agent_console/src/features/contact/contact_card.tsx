import { CloudOff } from 'lucide-react';
import { useNow } from '../../state/clock';
import { RouteLink } from '../../state/route_link';
import { texts } from '../../texts';
import { Avatar } from '../../ui/avatar';
import { Button } from '../../ui/button';
import { ChannelMark } from '../../ui/channel_mark';
import { Empty } from '../../ui/empty';
import { Skeleton } from '../../ui/skeleton';
import { dateOf, exactTime, lasting, listTime, timeIn } from '../../ui/time_words';
import { browserName } from '../../ui/browser_name';
import { ContactFacts, SamePerson } from './contact_facts';
import { Card, Fact } from './fact';
import { trailWords } from './trail_words';
import { useContact, type ContactCard as Loaded } from './use_contact';

/** All that is known of one person: of all his browsers, with everything he said and saw. */
export function ContactCard({ id }: { id: string }) {
  const contact = useContact(id);
  if (contact.isPending) return <Skeleton shape="facts" />;
  if (!contact.data) {
    return (
      <Empty icon={CloudOff} title={texts.people.failed}>
        <Button onClick={() => void contact.refetch()}>{texts.retry}</Button>
      </Empty>
    );
  }
  const card = contact.data;
  const name = card.name || card.email || texts.nobody;
  return (
    <div className="person">
      <header className="person-head">
        <Avatar name={name} size={40} online={card.browsers.some((browser) => browser.online)} />
        <div>
          <h2 className="truncate" dir="auto">
            {name}
          </h2>
          <p>
            {card.site.name} · {texts.people.since} {dateOf(card.created_at)}
          </p>
        </div>
      </header>
      <SamePerson card={card} />
      <div className="person-parts">
        <div>
          <Card title={texts.people.attributes}>
            <ContactFacts card={card} />
          </Card>
          <Card title={texts.people.browsers} count={card.browsers.length}>
            <Browsers card={card} />
          </Card>
        </div>
        <div>
          <Card title={texts.people.conversations} count={card.conversations.length}>
            <Conversations card={card} />
          </Card>
          <Card title={texts.people.trail}>
            <Steps card={card} />
          </Card>
        </div>
      </div>
    </div>
  );
}

function Browsers({ card }: { card: Loaded }) {
  const now = useNow();
  return (
    <dl className="contact-facts">
      {card.browsers.map((one) => {
        const { browser, system } = browserName(one.user_agent ?? '');
        const program =
          browser && system ? texts.browser_on(browser, system) : (browser ?? system ?? one.locale);
        return (
          <Fact key={one.id} label={program}>
            <span className="numbers">
              {one.online ? texts.contact.online : dateOf(one.first_seen_at)}
              {one.time_zone && <> · {timeIn(one.time_zone, now) ?? one.time_zone}</>}
            </span>
          </Fact>
        );
      })}
    </dl>
  );
}

function Conversations({ card }: { card: Loaded }) {
  const now = useNow();
  if (card.conversations.length === 0)
    return <p className="contact-empty">{texts.people.no_conversations}</p>;
  return (
    <ul className="earlier">
      {card.conversations.map((one) => (
        <li key={one.conversation_id}>
          <RouteLink to={{ page: 'work', view: 'all', conversation_id: one.conversation_id }}>
            <span className="earlier-top">
              <ChannelMark channel={one.channel} size={13} />
              <span className="truncate">{one.topic || texts.work.no_topic}</span>
              <time className="numbers" dateTime={one.created_at} title={exactTime(one.created_at)}>
                {listTime(one.created_at, now)}
              </time>
            </span>
            <span className="earlier-text" dir="auto">
              {one.last_text}
            </span>
            {one.disposition && <span className="earlier-disposition">{one.disposition}</span>}
          </RouteLink>
        </li>
      ))}
    </ul>
  );
}

/** The time where he was, and how long ago that is here. */
function Steps({ card }: { card: Loaded }) {
  const now = useNow();
  if (card.trail.length === 0) return <p className="contact-empty">{texts.contact.trail_empty}</p>;
  return (
    <ol className="trail">
      {card.trail.map(({ step, time_zone }, at) => (
        <li key={at}>
          <span className="truncate" title={step.url ?? undefined} dir="auto">
            {trailWords(step)}
          </span>
          <time className="numbers" dateTime={step.at} title={exactTime(step.at)}>
            {time_zone && timeIn(time_zone, Date.parse(step.at))} · {lasting(now - Date.parse(step.at))}
          </time>
        </li>
      ))}
    </ol>
  );
}
