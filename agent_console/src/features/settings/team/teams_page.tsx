import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Pencil, Plus, UsersRound } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { NounList } from '../noun_list';
import { RemoveButton } from '../noun_row';
import type { SectionProps } from '../sections';
import { TeamDialog, touchedByTeams } from './team_dialog';

export type Teams = components['schemas']['Teams'];
export type Team = components['schemas']['TeamView'];
const words = texts.admin.teams;

export default function TeamsPage({ site }: SectionProps) {
  const { api } = useDesk();
  const [open, setOpen] = useState<{ team: Team | null } | null>(null);
  const query = useQuery({
    queryKey: ['teams', site.id],
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/teams', { path: { site_id: site.id } }),
  });
  return (
    <NounList
      words={words}
      icon={UsersRound}
      query={query}
      actions={
        <Button look="primary" icon={Plus} onClick={() => setOpen({ team: null })}>
          {words.add}
        </Button>
      }
      row={(team, _move, { people }) => (
        <>
          <div className="settings-row-main">
            <strong dir="auto">{team.name}</strong>
            <p>{namesOf(team, people)}</p>
          </div>
          <IconButton
            icon={Pencil}
            label={texts.settings.edit(team.name)}
            onClick={() => setOpen({ team })}
          />
          <RemoveButton
            name={team.name}
            lead={words.remove_lead}
            send={() => api.delete('/api/v1/admin/teams/{team_id}', { path: { team_id: team.id } })}
            refresh={touchedByTeams(site.id)}
          />
        </>
      )}
      dialog={({ people }) =>
        open && <TeamDialog siteId={site.id} team={open.team} people={people} onClose={() => setOpen(null)} />
      }
    />
  );
}

function namesOf(team: Team, people: Teams['people']): string {
  const members = people.filter(({ id }) => team.agent_ids.includes(id));
  return members.map(({ name }) => name).join(', ') || words.nobody;
}
