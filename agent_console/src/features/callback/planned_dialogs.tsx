import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDesk } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { DialogForm } from '../../ui/dialog_form';
import { SelectField } from '../../ui/form';
import { Skeleton } from '../../ui/skeleton';
import { shortMoment } from '../../ui/time_words';
import type { Planned } from './planned_page';

const words = texts.planned;

interface PlannedDialogProps {
  row: Planned;
  onClose: () => void;
}

/** One act on a call-back: a second click waits for the first, and the list is read anew. */
function useAct(done: string, onClose: () => void) {
  const { notices } = useDesk();
  const cache = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  async function act(send: () => Promise<unknown>): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    try {
      await send();
      notices.say(done);
      onClose();
    } catch (failure) {
      notices.say(wordsFor(failure), 'bad');
      setBusy(false);
    }
    await cache.invalidateQueries({ queryKey: ['planned'] });
  }
  return { isBusy, act };
}

/** Another time among those that can be had. */
export function MoveDialog({ row, onClose }: PlannedDialogProps) {
  const { api } = useDesk();
  const path = { callback_id: row.id };
  const { isBusy, act } = useAct(words.moved, onClose);
  const [chosen, setChosen] = useState<string | null>(null);
  const times = useQuery({
    queryKey: ['planned', row.id, 'times'],
    queryFn: () => api.get('/api/v1/agent/callbacks/{callback_id}/times', { path }),
  });
  const options = [
    ...(times.data?.now ? [{ value: '', label: words.at_once }] : []),
    ...(times.data?.slots ?? []).map((slot) => ({ value: slot, label: shortMoment(slot) })),
  ];
  const slot = chosen ?? options[0]?.value;
  return (
    <Dialog
      title={words.move_of(row.visitor_name || texts.nobody)}
      lead={words.move_lead(row.time_zone.split('/').at(-1)?.replaceAll('_', ' ') ?? '')}
      onClose={onClose}
    >
      {times.isPending ? (
        <Skeleton shape="facts" />
      ) : (
        <DialogForm
          isReady={slot !== undefined}
          isBusy={isBusy}
          onSubmit={() =>
            void act(() =>
              api.put('/api/v1/agent/callbacks/{callback_id}', { slot_at: slot || null }, { path }),
            )
          }
          onClose={onClose}
        >
          {options.length > 0 ? (
            <SelectField label={words.time} value={slot ?? ''} options={options} onChange={setChosen} />
          ) : (
            <p>{words.no_time}</p>
          )}
        </DialogForm>
      )}
    </Dialog>
  );
}

export function CancelDialog({ row, onClose }: PlannedDialogProps) {
  const { api } = useDesk();
  const { isBusy, act } = useAct(words.cancelled, onClose);
  const path = { callback_id: row.id };
  return (
    <Dialog
      title={words.cancel_of(row.visitor_name || texts.nobody)}
      lead={words.cancel_lead}
      onClose={onClose}
    >
      <div className="dialog-footer">
        <Button onClick={onClose} data-first>
          {words.keep}
        </Button>
        <Button
          look="danger"
          disabled={isBusy}
          onClick={() =>
            void act(() => api.post('/api/v1/agent/callbacks/{callback_id}/cancel', undefined, { path }))
          }
        >
          {words.cancel}
        </Button>
      </div>
    </Dialog>
  );
}
