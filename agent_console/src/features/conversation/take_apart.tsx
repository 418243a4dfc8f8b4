import { useState } from 'react';
import type { Entry } from '@engage/client';
import { useConversation, useDesk } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';
import { texts } from '../../texts';
import { Dialog } from '../../ui/dialog';
import { DialogForm } from '../../ui/dialog_form';

const words = texts.tickets.unmerge;

/** The way back from a merge, beside the line that tells of it; gone once it was taken. */
export function TakeApart({ entry, mergeId }: { entry: Entry; mergeId: string }) {
  const { api, notices, hear, requests } = useDesk();
  const id = entry.conversation_id;
  const entries = useConversation(id)?.timeline.entries ?? [];
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  if (isTakenBack(entry, entries)) return null;

  async function submit(): Promise<void> {
    setBusy(true);
    try {
      const path = { conversation_id: id };
      const route = '/api/v1/agent/conversations/{conversation_id}/unmerge';
      await api.post(route, { merge_id: mergeId }, { path });
      setAsking(false);
      hear({ type: 'conversation_renumbered', conversation_id: id });
      notices.say(words.done);
      requestAnimationFrame(() => requests.ask('focus_timeline'));
    } catch (failure) {
      notices.say(wordsFor(failure), 'bad');
      setBusy(false);
    }
  }

  return (
    <>
      <button type="button" className="entry-line-act" onClick={() => setAsking(true)}>
        {words.act}
      </button>
      {isAsking && (
        <Dialog title={words.title} lead={words.lead} onClose={() => setAsking(false)}>
          <DialogForm
            confirm={words.confirm}
            isBusy={isBusy}
            onSubmit={() => void submit()}
            onClose={() => setAsking(false)}
          >
            {null}
          </DialogForm>
        </Dialog>
      )}
    </>
  );
}

/** A later line names the same merge as taken back. */
function isTakenBack({ details, seq }: Entry, entries: readonly Entry[]): boolean {
  const mergeId = details.type === 'state' ? details.merge_id : null;
  return entries.some(
    (one) => one.seq > seq && one.details.type === 'split' && one.details.merge_id === mergeId,
  );
}
