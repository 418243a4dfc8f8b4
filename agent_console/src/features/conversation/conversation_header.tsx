import type { ReactNode } from 'react';
import { ArrowLeft } from 'lucide-react';
import type { WorkItem } from '@engage/client/src/agent';
import type { LoadedConversation } from '../../state/conversation';
import { useDesk, useEngagement, useLabels } from '../../state/desk_context';
import { useStore, useValue } from '../../state/store';
import { texts, voice } from '../../texts';
import { Avatar } from '../../ui/avatar';
import { IconButton } from '../../ui/button';
import { ChannelMark, channelName } from '../../ui/channel_mark';
import { LabelChip } from '../../ui/label_chip';
import { PromiseChip } from '../../ui/promise_clock';
import { Elapsed } from '../../ui/time';
import { shortMoment } from '../../ui/time_words';

interface HeaderProps {
  id: string;
  view: LoadedConversation | null;
  toolbar: ReactNode;
}

/** Drawn from the list's row until the conversation itself has come, so that nothing jumps. */
export function ConversationHeader({ id, view, toolbar }: HeaderProps) {
  const item = useEngagement(id);
  const name = view?.facts.visitor.name || item?.visitor.name || (view || item ? texts.nobody : '');
  const online = view?.facts.visitor.online ?? item?.visitor.online;
  return (
    <header className="conversation-header">
      <BackToList />
      <Avatar name={name} size={32} online={online} />
      <div className="conversation-header-words">
        <div className="conversation-title">
          <h1 className="truncate" dir="auto">
            {name}
          </h1>
          {view && <Labels ids={view.facts.label_ids} />}
        </div>
        {item && (
          <p className="conversation-facts">
            <Facts item={item} />
            {view && <Viewers view={view} />}
          </p>
        )}
      </div>
      {toolbar}
    </header>
  );
}

function Facts({ item }: { item: WorkItem }) {
  const isOver = item.state === 'closed' || item.state === 'abandoned';
  const state = texts.states[item.state];
  return (
    <>
      <ChannelMark channel={item.channel} size={13} />
      <span>{channelName(item.channel)}</span>
      {isOver ? (
        <span>{state}</span>
      ) : (
        <span>
          <Elapsed since={item.state_since} words={(time) => texts.conversation.state_for(state, time)} />
        </span>
      )}
      {item.state === 'parked' && item.due_at && (
        <span className="conversation-back-at">{texts.desk.back_at(shortMoment(item.due_at))}</span>
      )}
      {item.place && item.waiting_since && <span>{texts.promises.place(item.place)}</span>}
      {item.clock && <PromiseChip clock={item.clock} />}
      <span className="conversation-queue truncate">{item.queue.name}</span>
    </>
  );
}

function Labels({ ids }: { ids: readonly string[] }) {
  const { dialog } = useDesk();
  const labels = useLabels(ids);
  if (labels.length === 0) return null;
  return (
    <button type="button" className="conversation-labels" onClick={() => dialog.set('labels')}>
      <span className="visually-hidden">{texts.desk.labels.set}: </span>
      {labels.map((label) => (
        <LabelChip key={label.id} label={label} />
      ))}
    </button>
  );
}

function Viewers({ view }: { view: LoadedConversation }) {
  const { work } = useDesk();
  const myId = useStore(work.store, (state) => state.me.id);
  const others = view.viewers.filter((viewer) => viewer.id !== myId);
  const typing = view.colleague_typing ?? others.find((viewer) => viewer.typing);
  if (others.length === 0 && !typing) return null;
  const words = texts.conversation;
  const names = new Intl.ListFormat(voice.locale).format(others.map((viewer) => viewer.name));
  const isNote = view.colleague_typing?.note ?? false;
  const text = typing
    ? (isNote ? words.viewer_typing_note : words.viewer_typing)(typing.name)
    : others.length === 1
      ? words.viewers(names)
      : words.viewers_many(names);
  return (
    <span className="conversation-viewers" role="status">
      {text}
    </span>
  );
}

function BackToList() {
  const { router } = useDesk();
  const route = useValue(router.route);
  if (route.page !== 'work') return null;
  return (
    <IconButton
      className="conversation-back"
      icon={ArrowLeft}
      label={texts.back}
      onClick={() => router.go({ ...route, conversation_id: null })}
    />
  );
}
