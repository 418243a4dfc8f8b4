import { useState } from 'react';
import { Ellipsis, GraduationCap, Mail, PauseCircle, PlayCircle, ShieldOff, UserMinus } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Menu, MenuItem } from '../../../ui/menu';
import { ConfirmDialog } from '../confirm_dialog';
import { PersonRoutingDialog } from '../routing/person_routing_dialog';
import { useChange } from '../use_change';
import { SentDialog } from './invite_dialog';
import { peopleKey, type Person } from './people_page';

type Act = 'suspend' | 'remove' | 'reset_two_step';
const words = texts.access.people;

const ASKED: Record<
  Act,
  { title: (name: string) => string; lead: string; confirm: string; said: (name: string) => string }
> = {
  suspend: {
    title: words.suspend_title,
    lead: words.suspend_lead,
    confirm: words.suspend,
    said: words.suspended,
  },
  remove: {
    title: words.remove_title,
    lead: words.remove_lead,
    confirm: texts.settings.remove_short,
    said: words.removed,
  },
  reset_two_step: {
    title: words.reset_two_step_title,
    lead: words.reset_two_step_lead,
    confirm: words.reset_two_step,
    said: () => words.reset_two_step_done,
  },
};

interface PersonActsProps {
  siteId: string;
  person: Person;
  isMe: boolean;
}

/** What is done rarely with a person stands in one menu. */
export function PersonActs({ siteId, person, isMe }: PersonActsProps) {
  const { api } = useDesk();
  const [asked, setAsked] = useState<Act | null>(null);
  const [isRouting, setRouting] = useState(false);
  const [sent, setSent] = useState<components['schemas']['Invitation'] | null>(null);
  const path = { site_id: siteId, agent_id: person.id };
  const refresh = [peopleKey(siteId)];
  const again = useChange(
    () => api.post('/api/v1/admin/sites/{site_id}/people/{agent_id}/invite', undefined, { path }),
    { refresh, onDone: setSent },
  );
  const resume = useChange(
    () => api.post('/api/v1/admin/sites/{site_id}/people/{agent_id}/resume', undefined, { path }),
    { refresh, said: words.resumed(person.name) },
  );
  return (
    <>
      <Menu
        label={words.more(person.name)}
        trigger={
          <button type="button" className="icon-button" aria-label={words.more(person.name)}>
            <Ellipsis size={17} aria-hidden />
          </button>
        }
      >
        {person.role !== 'editor' && (
          <MenuItem
            icon={GraduationCap}
            label={texts.routing.person.title}
            onSelect={() => setRouting(true)}
          />
        )}
        {person.state === 'invited' && (
          <MenuItem icon={Mail} label={words.invite_again} onSelect={() => again.mutate(undefined)} />
        )}
        {person.second_factor && (
          <MenuItem
            icon={ShieldOff}
            label={words.reset_two_step}
            onSelect={() => setAsked('reset_two_step')}
          />
        )}
        {person.state === 'suspended' ? (
          <MenuItem icon={PlayCircle} label={words.resume} onSelect={() => resume.mutate(undefined)} />
        ) : (
          !isMe && <MenuItem icon={PauseCircle} label={words.suspend} onSelect={() => setAsked('suspend')} />
        )}
        <MenuItem icon={UserMinus} tone="bad" label={words.remove} onSelect={() => setAsked('remove')} />
      </Menu>
      {asked && <AskedDialog act={asked} siteId={siteId} person={person} onClose={() => setAsked(null)} />}
      {isRouting && <PersonRoutingDialog siteId={siteId} person={person} onClose={() => setRouting(false)} />}
      {sent && <SentDialog invitation={sent} onClose={() => setSent(null)} />}
    </>
  );
}

interface AskedDialogProps {
  act: Act;
  siteId: string;
  person: Person;
  onClose: () => void;
}

function AskedDialog({ act, siteId, person, onClose }: AskedDialogProps) {
  const { api } = useDesk();
  const path = { site_id: siteId, agent_id: person.id };
  const asked = ASKED[act];
  const send = {
    suspend: () => api.post('/api/v1/admin/sites/{site_id}/people/{agent_id}/suspend', undefined, { path }),
    remove: () => api.delete('/api/v1/admin/sites/{site_id}/people/{agent_id}', { path }),
    reset_two_step: () =>
      api.post('/api/v1/admin/sites/{site_id}/people/{agent_id}/reset-second-factor', undefined, { path }),
  };
  const run = useChange<undefined, unknown>(send[act], {
    refresh: [peopleKey(siteId)],
    said: asked.said(person.name),
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      title={asked.title(person.name)}
      lead={asked.lead}
      confirm={asked.confirm}
      isBusy={run.isPending}
      onConfirm={() => run.mutate(undefined)}
      onClose={onClose}
    />
  );
}
