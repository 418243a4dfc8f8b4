import { useState } from 'react';
import type { Entry } from '@engage/client';
import { useDesk } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';
import { texts } from '../../texts';
import { Dialog } from '../../ui/dialog';
import { DialogForm } from '../../ui/dialog_form';
import { TextField } from '../../ui/form';
import './merge_dialog.css';

const words = texts.tickets.split;

interface SplitDialogProps {
  entry: Entry;
  subject: string;
  onClose: () => void;
}

/** A message becomes a conversation of its own: alone, or with all that follows. */
export function SplitDialog({ entry, subject, onClose }: SplitDialogProps) {
  const { api, notices, router, requests, hear } = useDesk();
  const [following, setFollowing] = useState(false);
  const [topic, setTopic] = useState(subject.slice(0, 100));
  const [isBusy, setBusy] = useState(false);
  const id = entry.conversation_id;

  async function submit(): Promise<void> {
    setBusy(true);
    const form = { entry_id: entry.id, following, topic: topic.trim() || null };
    try {
      const path = { conversation_id: id };
      const made = await api.post('/api/v1/agent/conversations/{conversation_id}/split', form, { path });
      onClose();
      hear({ type: 'conversation_renumbered', conversation_id: id });
      notices.say(words.done);
      const route = router.route.get();
      if (route.page === 'work') router.go({ ...route, conversation_id: made.conversation.id });
      requestAnimationFrame(() => requests.ask('focus_timeline'));
    } catch (failure) {
      notices.say(wordsFor(failure), 'bad');
      setBusy(false);
    }
  }

  return (
    <Dialog title={words.title} lead={words.lead} onClose={onClose}>
      <DialogForm confirm={words.confirm} isBusy={isBusy} onSubmit={() => void submit()} onClose={onClose}>
        <div className="merge-choices" role="radiogroup" aria-label={words.what}>
          {[false, true].map((all) => (
            <label key={String(all)} className="merge-choice" data-chosen={following === all}>
              <input
                type="radio"
                name="following"
                checked={following === all}
                onChange={() => setFollowing(all)}
              />
              <span className="merge-choice-words">{all ? words.following : words.only}</span>
            </label>
          ))}
        </div>
        <TextField label={words.topic} maxLength={100} required value={topic} onChange={setTopic} />
      </DialogForm>
    </Dialog>
  );
}
