import type { ReactNode } from 'react';
import { CloudOff, MessagesSquare } from 'lucide-react';
import type { LoadedConversation } from '../../state/conversation';
import { useDesk } from '../../state/desk_context';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Skeleton } from '../../ui/skeleton';
import { ConversationHeader } from './conversation_header';
import { Timeline } from './timeline';
import { TypingLine } from './typing_line';
import './conversation_pane.css';

interface ConversationPaneProps {
  id: string | null;
  toolbar: ReactNode;
  /** What stands below the timeline depends on the state of the work. */
  footer: (view: LoadedConversation) => ReactNode;
}

export function ConversationPane({ id, toolbar, footer }: ConversationPaneProps) {
  return (
    <section className="conversation-pane" aria-label={texts.conversation.timeline}>
      {id === null ? (
        <Empty icon={MessagesSquare} title={texts.conversation.none} hint={texts.conversation.none_hint} />
      ) : (
        <Loaded key={id} id={id} toolbar={toolbar} footer={footer} />
      )}
    </section>
  );
}

function Loaded({ id, toolbar, footer }: ConversationPaneProps & { id: string }) {
  const { talk } = useDesk();
  const state = useStore(talk.store, (all) => all.get(id));
  switch (state?.status) {
    case undefined:
    case 'loading':
      return (
        <>
          <ConversationHeader id={id} view={null} toolbar={null} />
          <Skeleton shape="timeline" />
        </>
      );
    case 'failed':
      return (
        <>
          <ConversationHeader id={id} view={null} toolbar={null} />
          <Empty icon={CloudOff} title={texts.conversation.failed} hint={state.reason}>
            <Button onClick={() => void talk.load(id)}>{texts.retry}</Button>
          </Empty>
        </>
      );
    case 'ready':
      return (
        <>
          <ConversationHeader id={id} view={state.view} toolbar={toolbar} />
          <Timeline view={state.view} />
          <TypingLine view={state.view} />
          {footer(state.view)}
        </>
      );
  }
}
