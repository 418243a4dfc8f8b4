import { useState } from 'react';
import { useConversation, useDesk } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { Dialog } from '../../ui/dialog';
import { DialogForm } from '../../ui/dialog_form';
import { AreaField, SelectField } from '../../ui/form';

/** In hours; the last one is until somebody lifts it. An agent alone may choose the first two. */
const SPANS = [1, 24, 24 * 7, 24 * 30, null] as const;
const FREE = 2;
type SpanKey = `${number}`;

export function BlockDialog({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const { api, notices, work } = useDesk();
  const view = useConversation(conversationId);
  const sites = useStore(work.store, (state) => state.me.sites);
  const [reason, setReason] = useState('');
  const [span, setSpan] = useState<SpanKey>('1');
  const [isBusy, setBusy] = useState(false);
  if (!view) return null;
  const words = texts.blocks;
  const { visitor, conversation } = view.facts;
  const name = visitor.name || texts.nobody;
  const isBoss = sites.some((site) => site.id === conversation.site.id && site.rights.includes('supervise'));

  async function submit(): Promise<void> {
    setBusy(true);
    try {
      const form = { reason: reason.trim(), hours: SPANS[Number(span)] ?? null };
      const path = { conversation_id: conversationId };
      await api.post('/api/v1/agent/conversations/{conversation_id}/block', form, { path });
      notices.say(words.done(name));
      onClose();
    } catch (failure) {
      notices.say(wordsFor(failure), 'bad');
      setBusy(false);
    }
  }

  return (
    <Dialog title={words.title(name)} lead={words.lead} onClose={onClose}>
      <DialogForm
        confirm={words.confirm}
        look="danger"
        isReady={reason.trim() !== ''}
        isBusy={isBusy}
        onSubmit={() => void submit()}
        onClose={onClose}
      >
        <AreaField
          label={words.reason}
          hint={words.reason_hint}
          value={reason}
          maxLength={500}
          onChange={setReason}
          data-first
        />
        <SelectField
          label={words.span}
          value={span}
          options={SPANS.slice(0, isBoss ? undefined : FREE).map((hours, at) => ({
            value: `${at}` as SpanKey,
            label: words.spans(hours),
          }))}
          onChange={setSpan}
        />
      </DialogForm>
    </Dialog>
  );
}
