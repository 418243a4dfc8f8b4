import { AlertCircle } from 'lucide-react';
import type { Me } from '@engage/client/src/agent';
import { useDesk } from '../../state/desk_context';
import type { OutgoingRow } from '../../state/sender';
import { texts } from '../../texts';
import { Bubble } from './bubble';
import { keepDraft } from './keep_draft';
import './outgoing_view.css';

interface OutgoingViewProps {
  outgoing: OutgoingRow;
  starts: boolean;
  ends: boolean;
  me: Me;
}

/** Shown at once; the stored entry takes its place, or it says why not and what to do. */
export function OutgoingView({ outgoing, starts, ends, me }: OutgoingViewProps) {
  const isFailed = outgoing.state === 'failed';
  return (
    <Bubble
      kind={outgoing.kind}
      side="mine"
      author={{ kind: 'agent', id: me.id, name: me.name, picture: me.picture }}
      isMe
      text={outgoing.text || (outgoing.article_slug ? texts.conversation.article : '')}
      attachments={outgoing.attachments}
      starts={starts}
      ends={ends || isFailed}
      isFaint={!isFailed}
      foot={isFailed ? <Failed outgoing={outgoing} /> : texts.conversation.sending}
    />
  );
}

function Failed({ outgoing }: { outgoing: OutgoingRow }) {
  const desk = useDesk();
  const { talk, requests } = desk;
  function edit(): void {
    talk.takeBack(outgoing);
    keepDraft(desk, outgoing);
    requests.ask(outgoing.kind === 'note' ? 'focus_note' : 'focus_reply');
  }
  return (
    <span className="outgoing-failed" role="alert">
      <AlertCircle size={13} aria-hidden />
      <span>
        {texts.conversation.failed_send}
        {outgoing.reason && `: ${outgoing.reason}`}
      </span>
      <button type="button" onClick={() => talk.retry(outgoing)}>
        {outgoing.is_overtaken ? texts.composer.send_anyway : texts.retry}
      </button>
      <button type="button" onClick={edit}>
        {texts.conversation.take_back}
      </button>
      <button type="button" onClick={() => talk.takeBack(outgoing)}>
        {texts.conversation.discard}
      </button>
    </span>
  );
}
