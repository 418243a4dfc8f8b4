import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { TextField } from '../../../ui/form';
import { TickList } from '../../../ui/tick_list';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import type { Team, Teams } from './teams_page';

const words = texts.admin.teams;

interface TeamDialogProps {
  siteId: string;
  /** None is a new one. */
  team: Team | null;
  people: Teams['people'];
  onClose: () => void;
}

export function TeamDialog({ siteId, team, people, onClose }: TeamDialogProps) {
  const { api } = useDesk();
  const form = useForm({ name: team?.name ?? '', agent_ids: team?.agent_ids ?? [] });
  const { value, change, errors } = form;
  const save = useChange(
    () =>
      team
        ? api.put('/api/v1/admin/teams/{team_id}', value, { path: { team_id: team.id } })
        : api.post('/api/v1/admin/sites/{site_id}/teams', value, { path: { site_id: siteId } }),
    {
      refresh: [
        ['teams', siteId],
        ['queues', siteId],
        ['people', siteId],
      ],
      onDone: onClose,
    },
  );
  return (
    <Dialog title={team ? texts.settings.edit(team.name) : words.add} onClose={onClose}>
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
          maxLength={60}
          required
          value={value.name}
          error={errors.name}
          onChange={(name) => change({ name })}
        />
        <TickList
          label={words.members}
          items={people}
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
