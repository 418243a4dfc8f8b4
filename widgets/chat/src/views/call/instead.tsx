import type { Entry } from '@engage/client';
import { useState } from 'preact/hooks';
import type { Conversation } from '../../state/state';
import { useApp } from '../../ui/context';
import { Icon } from '../../ui/icon';
import { MailSheet } from './mail_sheet';
import { wordsFor } from './words';

/** Ways out of the queue. Where many wait the site says which; what was written goes along. */
export function Instead({ conversation }: { conversation: Conversation }) {
  const { state, engine } = useApp();
  const words = wordsFor(state.locale);
  const [asksMail, setAsksMail] = useState(false);
  const { id } = conversation.summary;
  const offered = offeredIn(conversation.timeline?.entries ?? []);
  const calls =
    state.home.status === 'ready' && state.home.value.ways.some(({ channel }) => channel === 'callback');
  return (
    <span class="instead">
      {calls && (
        <button
          type="button"
          class={`button ${offered.includes('call') ? 'primary' : 'quiet'}`}
          onClick={() => engine.go({ view: 'call', from: id })}
        >
          <Icon name="phone" size={16} />
          {offered.includes('call') ? words.weCall : words.callInstead}
        </button>
      )}
      {offered.includes('mail') && (
        <button type="button" class="button quiet" onClick={() => setAsksMail(true)}>
          <Icon name="mail" size={16} />
          {words.byMail}
        </button>
      )}
      {asksMail && <MailSheet id={id} onClose={() => setAsksMail(false)} />}
    </span>
  );
}

/** What he was offered since he waits. */
function offeredIn(entries: readonly Entry[]): readonly string[] {
  for (const { details } of [...entries].reverse()) {
    if (details.type !== 'state') continue;
    if (details.instead.length > 0) return details.instead;
    if (details.state === 'queued' || details.state === 'reopened') break;
  }
  return [];
}
