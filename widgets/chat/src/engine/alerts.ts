import type { Entry } from '@engage/client';
import type { Host } from '../frame/host';
import { asksForAttention } from '../state/conversation';
import { runningIn, shownConversation, totalUnread } from '../state/selectors';
import type { Store } from '../state/store';
import { textsFor } from '../texts';
import { chimeOnce } from './sound';

const PREVIEW_LENGTH = 160;

/** Tells the visitor, wherever he looks, that somebody wrote: badge, preview, title, sound. */
export function raiseAlerts(store: Store, host: Host) {
  let shownUnread = -1;
  let shownPlace = '';
  let shownRunning: boolean | null = null;

  store.subscribe((state) => {
    const unread = totalUnread(state);
    if (state.known && unread !== shownUnread) {
      shownUnread = unread;
      host.say({ type: 'unread', n: unread });
      if (unread === 0) host.say({ type: 'title', text: null });
    }
    const [first] = runningIn(state);
    const place = first
      ? {
          conversation_id: first.summary.id,
          position: first.position,
          expected_wait_seconds: first.expected_wait_seconds,
        }
      : null;
    const changed = JSON.stringify(place);
    if (place && changed !== shownPlace) {
      if (shownPlace || place.position !== null) host.say({ type: 'queue', ...place });
      shownPlace = changed;
    }
    const running = first !== undefined;
    if (state.known && running !== shownRunning) {
      shownRunning = running;
      host.say({ type: 'running', running });
    }
  });

  return {
    /** An entry that came by itself, as opposed to one we fetched. */
    arrived(conversationId: string, entry: Entry): void {
      const state = store.state();
      if (!asksForAttention(entry) || state.elsewhere) return;
      const visible = document.visibilityState === 'visible';
      if (visible && shownConversation(state)?.summary.id === conversationId) return;

      const texts = textsFor(state.locale);
      const name = entry.author.name || texts.team;
      const text = entry.text.slice(0, PREVIEW_LENGTH) || texts.sentFile;
      if (!state.open) host.say({ type: 'message', conversation_id: conversationId, name, text });
      if (!visible) host.say({ type: 'title', text: texts.titleNew(name) });
      if (!state.muted) chimeOnce(entry.id);
    },
  };
}
