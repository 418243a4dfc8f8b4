import { useEffect } from 'react';
import type { Offer } from '@engage/client/src/agent';
import { serverNow } from '../../state/clock';
import { useDesk } from '../../state/desk_context';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { lasting } from '../../ui/time_words';
import { chime } from './chime';

const RING_EVERY_MS = 4_000;
/** In the last seconds it sounds firmer. */
const FIRM_LEFT_MS = 8_000;

/** Sound, browser tab and desktop notification for the offer that waits. */
export function useOfferAlarm(offer: Offer | null): void {
  const { preferences } = useDesk();
  const sound = useStore(preferences, (all) => all.sound);
  const notify = useStore(preferences, (all) => all.desktop_notifications);

  useEffect(() => {
    if (!offer || !sound) return;
    const ring = () => chime(Date.parse(offer.expires_at) - serverNow() < FIRM_LEFT_MS ? 'firm' : 'soft');
    ring();
    const timer = setInterval(ring, RING_EVERY_MS);
    return () => clearInterval(timer);
  }, [offer, sound]);

  useEffect(() => {
    if (!offer || !notify || !('Notification' in window)) return;
    // Who looks at the console sees the card.
    if (Notification.permission !== 'granted' || document.hasFocus()) return;
    const { engagement, reason } = offer;
    const notification = new Notification(texts.offer.title(engagement.visitor.name || texts.nobody), {
      body: texts.offer.why(reason.queue_name, lasting(reason.waited_seconds * 1000)),
      tag: offer.id,
    });
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
    return () => notification.close();
  }, [offer, notify]);
}
