import { HandHelping } from 'lucide-react';
import type { WorkItem } from '@engage/client/src/agent';
import { CallBar } from '../features/callback/call_bar';
import { Composer } from '../features/conversation/composer';
import { PartyBar } from '../features/engagements/party_bar';
import { WrapUpBar } from '../features/engagements/wrap_up_bar';
import { reopen } from '../features/work/actions/reopen';
import { take } from '../features/work/actions/take';
import { contextOf } from '../state/action';
import type { LoadedConversation } from '../state/conversation';
import { useDesk, useEngagement } from '../state/desk_context';
import { useStore } from '../state/store';
import { can, isReopenable, partOf } from '../state/workspace';
import { texts } from '../texts';
import { Button } from '../ui/button';
import './conversation_footer.css';

/** What the agent can do with this conversation now: answer, note, take it, wrap up, or only read. */
export function ConversationFooter({ view }: { view: LoadedConversation }) {
  const desk = useDesk();
  const item = useEngagement(view.facts.conversation.id);
  const myId = useStore(desk.work.store, (state) => state.me.id);
  const calls = useStore(desk.work.store, (state) => item !== null && can(state, item.channel, 'call'));
  const mails = useStore(desk.work.store, (state) => item !== null && isReopenable(state, item));
  const words = texts.composer;
  if (!item) return <Line text={words.closed} />;
  const isMine = item.agent?.id === myId;
  const isHeard = isMine || partOf(item, myId) === 'conference';
  switch (item.state) {
    case 'active':
    case 'parked':
      return (
        <>
          <PartyBar item={item} />
          {isMine && item.state === 'active' && calls && (
            <CallBar key={item.engagement_id} item={item} head={view.timeline.head} />
          )}
          <Composer key={item.engagement_id} view={view} item={item} notesOnly={!isHeard} />
        </>
      );
    case 'wrapping_up':
      return isMine ? <WrapUpBar key={item.engagement_id} item={item} /> : <Line text={words.closed} />;
    case 'queued':
      return <TakeLine item={item} />;
    case 'offered':
      return <Line text={words.offered} />;
    case 'closed':
    case 'abandoned':
      return mails ? <ReopenLine /> : <Line text={words.closed} />;
  }
}

function Line({ text }: { text: string }) {
  return <p className="conversation-footer">{text}</p>;
}

function ReopenLine() {
  const desk = useDesk();
  return (
    <div className="conversation-footer">
      <span>{texts.composer.closed_mail}</span>
      <Button icon={reopen.icon} shortcut={reopen.shortcut} onClick={() => void reopen.run(contextOf(desk))}>
        {reopen.label}
      </Button>
    </div>
  );
}

function TakeLine({ item }: { item: WorkItem }) {
  const desk = useDesk();
  return (
    <div className="conversation-footer">
      <span>{texts.composer.waiting(item.queue.name)}</span>
      <Button
        look="primary"
        icon={HandHelping}
        shortcut={take.shortcut}
        onClick={() => void take.run(contextOf(desk))}
      >
        {texts.work.take}
      </Button>
    </div>
  );
}
