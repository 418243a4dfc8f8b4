import { useEffect, useRef } from 'react';
import { Check } from 'lucide-react';
import type { Offer } from '@engage/client/src/agent';
import { serverNow, useNow } from '../../state/clock';
import { useDesk } from '../../state/desk_context';
import { useStore, useValue } from '../../state/store';
import { texts } from '../../texts';
import { Avatar } from '../../ui/avatar';
import { Button } from '../../ui/button';
import { ChannelMark } from '../../ui/channel_mark';
import { lasting } from '../../ui/time_words';
import { acceptOffer } from './accept';
import { useOfferAlarm } from './alarm';
import { useAutoAccepted } from './auto_accepted';
import { decline, reasonsFor } from './decline';
import { DeclineReasons } from './decline_reasons';
import { useFocusWhileShown } from './use_focus_while_shown';
import './offer_card.css';

/** Slides in over everything; the first offer is the one Enter and D speak of. */
export function OfferCards() {
  const desk = useDesk();
  const now = useNow();
  const offers = useStore(desk.work.store, (state) => state.offers);
  const [first, ...rest] = offers.filter((offer) => !opensAtOnce(offer, now));
  useAutoAccepted();
  useOfferAlarm(first ?? null);
  return (
    <div className="offers" role="region" aria-label={texts.offer.label} aria-live="assertive">
      {first && <OfferCard key={first.id} offer={first} more={rest.length} />}
    </div>
  );
}

const OPENS_WITHIN_MS = 2_000;

/** It will be on the desk before anybody could read its card; unless the server is late. */
function opensAtOnce({ accepts_at, offered_at }: Offer, now: number): boolean {
  return accepts_at !== null && accepts_at <= offered_at && now < Date.parse(accepts_at) + OPENS_WITHIN_MS;
}

function OfferCard({ offer, more }: { offer: Offer; more: number }) {
  const desk = useDesk();
  const declines = useValue(desk.declining) === offer.id;
  const accept = useRef<HTMLButtonElement>(null);
  useFocusWhileShown(accept);
  const { engagement, reason } = offer;
  const visitor = engagement.visitor.name || texts.nobody;
  const words = texts.parties.offer;
  const isAsked = offer.role !== 'holder';
  const title = offer.role === 'holder' ? visitor : words[offer.role](offer.asked_by ?? texts.nobody);
  const why = isAsked
    ? words.with(visitor, reason.queue_name)
    : texts.offer.why(reason.queue_name, lasting(reason.waited_seconds * 1000));
  const text = offer.note || engagement.last_text || engagement.topic;
  return (
    <article className="offer" aria-label={isAsked ? title : texts.offer.title(visitor)}>
      <Ring offer={offer} name={visitor} />
      <div className="offer-words">
        <p className="offer-name truncate" dir="auto">
          {title}
        </p>
        <p className="offer-why">
          <ChannelMark channel={engagement.channel} />
          <span className="truncate">{why}</span>
        </p>
        {text && (
          <p className="offer-text" dir="auto">
            {text}
          </p>
        )}
        {offer.accepts_at !== null && <p className="offer-more">{texts.handling.auto.soon}</p>}
        {more > 0 && <p className="offer-more">{texts.offer.more(more)}</p>}
      </div>
      <div className="offer-actions">
        <Button
          ref={accept}
          look="primary"
          icon={Check}
          shortcut="Enter"
          onClick={() => void acceptOffer(desk, offer)}
        >
          {offer.accepts_at === null ? texts.offer.accept : texts.handling.auto.now}
        </Button>
        <Button look="quiet" shortcut="D" onClick={() => decline(desk, offer)}>
          {texts.offer.decline}
        </Button>
      </div>
      {declines && <DeclineReasons offer={offer} reasons={reasonsFor(desk, offer)} />}
    </article>
  );
}

const RADIUS = 23;
const AROUND = 2 * Math.PI * RADIUS;

/** The ring runs by the browser's own animation, so that it stays even while the page works. */
function Ring({ offer, name }: { offer: Offer; name: string }) {
  const circle = useRef<SVGCircleElement>(null);
  const now = useNow();
  const end = Date.parse(offer.accepts_at ?? offer.expires_at);
  const left = Math.max(0, Math.ceil((end - now) / 1000));
  useEffect(() => {
    const whole = end - Date.parse(offer.offered_at);
    const leftNow = Math.max(0, end - serverNow());
    const gone = AROUND * (1 - leftNow / Math.max(1, whole));
    const running = circle.current?.animate([{ strokeDashoffset: gone }, { strokeDashoffset: AROUND }], {
      duration: leftNow,
      fill: 'forwards',
    });
    return () => running?.cancel();
  }, [offer, end]);
  return (
    <span className="offer-ring" data-hurry={left <= 5}>
      <svg viewBox="0 0 50 50" aria-hidden>
        <circle className="offer-ring-track" cx="25" cy="25" r={RADIUS} />
        <circle
          ref={circle}
          className="offer-ring-left"
          cx="25"
          cy="25"
          r={RADIUS}
          strokeDasharray={AROUND}
        />
      </svg>
      <Avatar name={name} size={32} />
      <span
        className="offer-seconds numbers"
        role="timer"
        aria-live="off"
        aria-label={texts.offer.seconds_left(left)}
      >
        {left}
      </span>
    </span>
  );
}
