import { useState } from 'react';
import { ChevronDown } from 'lucide-react';
import type { LoadedConversation } from '../../../state/conversation';
import { useDesk } from '../../../state/desk_context';
import { useValue } from '../../../state/store';
import { texts } from '../../../texts';
import { Tick } from '../../../ui/tick';
import { useMailFrame } from './use_mail_frame';

const words = texts.tickets.composer;

/** What leaves below the agent's own words: the signature, and what the customer wrote last if he wants that. */
export function BelowMail({ view }: { view: LoadedConversation }) {
  const frame = useMailFrame(view);
  const store = useDesk().postings(view.facts.conversation.id);
  const { quoted } = useValue(store);
  const [isShown, setShown] = useState(false);
  if (!frame) return <div className="mail-below" aria-hidden />;
  return (
    <div className="mail-below">
      <p className="mail-signature" aria-label={words.signature} role="note" dir="auto">
        {frame.signature.map((line, at) => (
          <span key={at}>{line}</span>
        ))}
      </p>
      {frame.quoted && (
        <div className="mail-quote-bar">
          <Tick on={quoted} onChange={(on) => store.update((now) => ({ ...now, quoted: on }))}>
            {words.quote}
          </Tick>
          {quoted && (
            <button type="button" aria-expanded={isShown} onClick={() => setShown(!isShown)}>
              {isShown ? words.hide_quote : words.show_quote}
              <ChevronDown size={13} aria-hidden />
            </button>
          )}
        </div>
      )}
      {frame.quoted && quoted && isShown && (
        <div className="mail-quote" tabIndex={0} role="group" aria-label={frame.quoted.head}>
          <p dir="auto">{frame.quoted.head}</p>
          <blockquote dir="auto">{frame.quoted.lines.join('\n')}</blockquote>
        </div>
      )}
    </div>
  );
}
