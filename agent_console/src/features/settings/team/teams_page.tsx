import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Pencil, Plus, Trash2, UsersRound } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { Empty } from '../../../ui/empty';
import { ConfirmDialog } from '../confirm_dialog';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { TeamDialog } from './team_dialog';

export type Teams = components['schemas']['Teams'];
export type Team = components['schemas']['TeamView'];
const words = texts.admin.teams;

type Open = { act: 'edit'; team: Team | null } | { act: 'remove'; team: Team } | null;

export default function TeamsPage({ site }: SectionProps) {
  const { api } = useDesk();
  const [open, setOpen] = useState<Open>(null);
  const query = useQuery({
    queryKey: ['teams', site.id],
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/teams', { path: { site_id: site.id } }),
  });
  const close = () => setOpen(null);
  return (
    <PageFrame
      title={words.title}
      lead={words.lead}
      actions={
        <Button look="primary" icon={Plus} onClick={() => setOpen({ act: 'edit', team: null })}>
          {words.add}
        </Button>
      }
    >
      <Loaded query={query}>
        {(all) => (
          <>
            {all.items.length === 0 && (
              <Empty icon={UsersRound} title={words.empty} hint={words.empty_hint} />
            )}
            <ul className="settings-rows">
              {all.items.map((team) => (
                <TeamRow key={team.id} team={team} people={all.people} onOpen={setOpen} />
              ))}
            </ul>
            {open?.act === 'edit' && (
              <TeamDialog siteId={site.id} team={open.team} people={all.people} onClose={close} />
            )}
            {open?.act === 'remove' && <RemoveDialog siteId={site.id} team={open.team} onClose={close} />}
          </>
        )}
      </Loaded>
    </PageFrame>
  );
}

interface TeamRowProps {
  team: Team;
  people: Teams['people'];
  onOpen: (open: Open) => void;
}

function TeamRow({ team, people, onOpen }: TeamRowProps) {
  const names = people.filter(({ id }) => team.agent_ids.includes(id)).map(({ name }) => name);
  return (
    <li className="settings-row">
      <div className="settings-row-main">
        <strong>{team.name}</strong>
        <p>{names.join(', ') || words.nobody}</p>
      </div>
      <IconButton
        icon={Pencil}
        label={texts.settings.edit(team.name)}
        onClick={() => onOpen({ act: 'edit', team })}
      />
      <IconButton
        icon={Trash2}
        label={texts.settings.remove(team.name)}
        onClick={() => onOpen({ act: 'remove', team })}
      />
    </li>
  );
}

function RemoveDialog({ siteId, team, onClose }: { siteId: string; team: Team; onClose: () => void }) {
  const { api } = useDesk();
  const remove = useChange(
    () => api.delete('/api/v1/admin/teams/{team_id}', { path: { team_id: team.id } }),
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
    <ConfirmDialog
      title={texts.settings.remove(team.name)}
      lead={words.remove_lead}
      confirm={texts.settings.remove_short}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate(undefined)}
      onClose={onClose}
    />
  );
}
