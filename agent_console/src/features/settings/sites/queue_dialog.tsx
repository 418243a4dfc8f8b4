import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { TextField } from '../../../ui/form';
import { TickList } from '../../../ui/tick_list';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import type { Queues, QueueSetup } from './queues_page';

const words = texts.settings.queues;

interface QueueDialogProps {
  siteId: string;
  /** None is a new one. */
  queue: QueueSetup | null;
  /** Who could serve it stands here too. */
  all: Queues;
  onClose: () => void;
}

export function QueueDialog({ siteId, queue, all, onClose }: QueueDialogProps) {
  const { api } = useDesk();
  const form = useForm({
    name: queue?.name ?? '',
    offer_seconds: queue?.offer_seconds ?? 25,
    wrap_up_seconds: queue?.wrap_up_seconds ?? 120,
    agent_ids: queue?.agent_ids ?? all.people.map(({ id }) => id),
    team_ids: queue?.team_ids ?? [],
  });
  const { value, change, errors } = form;
  const save = useChange(
    () =>
      queue
        ? api.put('/api/v1/admin/queues/{queue_id}', value, { path: { queue_id: queue.id } })
        : api.post('/api/v1/admin/sites/{site_id}/queues', value, { path: { site_id: siteId } }),
    { refresh: [['queues', siteId]], onDone: onClose },
  );
  return (
    <Dialog title={queue ? texts.settings.edit(queue.name) : words.add} onClose={onClose}>
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined, { onError: form.refused });
        }}
      >
        <TextField
          label={words.name}
          hint={words.name_hint}
          maxLength={100}
          required
          value={value.name}
          error={errors.name}
          onChange={(name) => change({ name })}
        />
        <div className="form-pair">
          <TextField
            label={words.offer_seconds}
            type="number"
            min={5}
            max={300}
            required
            value={String(value.offer_seconds)}
            error={errors.offer_seconds}
            onChange={(seconds) => change({ offer_seconds: Number(seconds) })}
          />
          <TextField
            label={words.wrap_up_seconds}
            type="number"
            min={0}
            max={3600}
            required
            value={String(value.wrap_up_seconds)}
            error={errors.wrap_up_seconds}
            onChange={(seconds) => change({ wrap_up_seconds: Number(seconds) })}
          />
        </div>
        {all.teams.length > 0 && (
          <TickList
            label={words.teams}
            items={all.teams}
            chosen={value.team_ids}
            onChange={(team_ids) => change({ team_ids })}
          />
        )}
        <TickList
          label={all.teams.length > 0 ? words.who_else : words.who}
          items={all.people}
          chosen={value.agent_ids}
          onChange={(agent_ids) => change({ agent_ids })}
        />
        <div className="dialog-footer">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button look="primary" type="submit" disabled={save.isPending || !value.name.trim()}>
            {texts.settings.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
