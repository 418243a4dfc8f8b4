import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { TextField } from '../../../ui/form';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import type { Queues, QueueSetup } from './queues_page';

const words = texts.settings.queues;

interface QueueDialogProps {
  siteId: string;
  /** None is a new one. */
  queue: QueueSetup | null;
  people: Queues['people'];
  onClose: () => void;
}

export function QueueDialog({ siteId, queue, people, onClose }: QueueDialogProps) {
  const { api } = useDesk();
  const form = useForm({
    name: queue?.name ?? '',
    offer_seconds: queue?.offer_seconds ?? 25,
    wrap_up_seconds: queue?.wrap_up_seconds ?? 120,
    agent_ids: queue?.agent_ids ?? people.map(({ id }) => id),
  });
  const { value, change, errors } = form;
  const save = useChange(
    () =>
      queue
        ? api.put('/api/v1/admin/queues/{queue_id}', value, { path: { queue_id: queue.id } })
        : api.post('/api/v1/admin/sites/{site_id}/queues', value, { path: { site_id: siteId } }),
    { refresh: [['queues', siteId]], onDone: onClose },
  );
  const toggle = (id: string) =>
    change({
      agent_ids: value.agent_ids.includes(id)
        ? value.agent_ids.filter((one) => one !== id)
        : [...value.agent_ids, id],
    });
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
        <fieldset className="tick-list">
          <legend className="field-label">{words.who}</legend>
          {people.map(({ id, name }) => (
            <label key={id}>
              <input type="checkbox" checked={value.agent_ids.includes(id)} onChange={() => toggle(id)} />
              {name}
            </label>
          ))}
        </fieldset>
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
