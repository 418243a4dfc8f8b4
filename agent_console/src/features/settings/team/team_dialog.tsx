import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { TickList } from '../../../ui/tick_list';
import { NounDialog } from '../noun_dialog';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import type { Team, Teams } from './teams_page';

const words = texts.admin.teams;

/** Queues and people show their teams. */
export const touchedByTeams = (siteId: string) => ['teams', 'queues', 'people'].map((what) => [what, siteId]);

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
  const { value, change } = form;
  const save = useChange(
    () =>
      team
        ? api.put('/api/v1/admin/teams/{team_id}', value, { path: { team_id: team.id } })
        : api.post('/api/v1/admin/sites/{site_id}/teams', value, { path: { site_id: siteId } }),
    { refresh: touchedByTeams(siteId), onDone: onClose },
  );
  return (
    <NounDialog
      title={team ? texts.settings.edit(team.name) : words.add}
      words={words}
      maxLength={60}
      form={form}
      save={save}
      onClose={onClose}
    >
      <TickList
        label={words.members}
        items={people}
        chosen={value.agent_ids}
        onChange={(agent_ids) => change({ agent_ids })}
      />
    </NounDialog>
  );
}
