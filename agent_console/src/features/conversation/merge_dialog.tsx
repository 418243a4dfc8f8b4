import { useState } from 'react';
import { useConversation, useDesk } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';
import type { LoadedConversation } from '../../state/conversation';
import { texts } from '../../texts';
import { ChannelMark } from '../../ui/channel_mark';
import { Dialog } from '../../ui/dialog';
import { DialogForm } from '../../ui/dialog_form';
import { shortMoment } from '../../ui/time_words';
import './merge_dialog.css';

type Earlier = LoadedConversation['facts']['earlier'][number];

/** The conversations of the same visitor, one of which takes all of this one. */
export function MergeDialog({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const { api, notices, hear, requests } = useDesk();
  const others = useConversation(conversationId)?.facts.earlier ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const into = chosen ?? others[0]?.conversation_id;
  const words = texts.merging;

  async function submit(): Promise<void> {
    if (!into) return;
    setBusy(true);
    try {
      const path = { conversation_id: conversationId };
      await api.post('/api/v1/agent/conversations/{conversation_id}/merge', { into_id: into }, { path });
      onClose();
      hear({ type: 'conversation_merged', conversation_id: conversationId, into_id: into });
      notices.say(words.done);
      // After the other conversation is drawn, in which it goes on: what opened this has gone.
      requestAnimationFrame(() => requests.ask('focus_reply'));
    } catch (failure) {
      notices.say(wordsFor(failure), 'bad');
      setBusy(false);
    }
  }

  return (
    <Dialog title={words.title} lead={words.lead} onClose={onClose}>
      <DialogForm
        confirm={words.confirm}
        isReady={into !== undefined}
        isBusy={isBusy}
        onSubmit={() => void submit()}
        onClose={onClose}
      >
        {others.length === 0 && <p>{words.none}</p>}
        <div className="merge-choices" role="radiogroup" aria-label={words.title}>
          {others.map((one) => (
            <Choice
              key={one.conversation_id}
              one={one}
              isChosen={one.conversation_id === into}
              onChoose={() => setChosen(one.conversation_id)}
            />
          ))}
        </div>
      </DialogForm>
    </Dialog>
  );
}

function Choice({ one, isChosen, onChoose }: { one: Earlier; isChosen: boolean; onChoose: () => void }) {
  return (
    <label className="merge-choice" data-chosen={isChosen}>
      <input type="radio" name="into" checked={isChosen} onChange={onChoose} />
      <span className="merge-choice-words">
        <span className="merge-choice-top">
          <ChannelMark channel={one.channel} size={13} />
          <strong className="truncate" dir="auto">
            {one.topic || texts.work.no_topic}
          </strong>
          <time className="numbers" dateTime={one.created_at}>
            {shortMoment(one.created_at)}
          </time>
        </span>
        <span className="merge-choice-text" dir="auto">
          {one.last_text}
        </span>
      </span>
    </label>
  );
}
