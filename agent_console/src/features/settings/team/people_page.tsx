import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { ShieldCheck, UserPlus } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { presenceWords } from '../../../state/presence_words';
import { useStore } from '../../../state/store';
import { texts } from '../../../texts';
import { Avatar } from '../../../ui/avatar';
import { Button } from '../../../ui/button';
import { SelectField, SwitchField } from '../../../ui/form';
import { shortMoment } from '../../../ui/time_words';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { InviteDialog } from './invite_dialog';
import { PersonActs } from './person_acts';
import { PersonDialog } from './person_dialog';
import './people.css';

export type Person = components['schemas']['Person'];
export type PeopleView = components['schemas']['People'];
export const peopleKey = (siteId: string) => ['people', siteId];
const words = texts.access.people;
const groups = texts.admin.teams;

export default function PeoplePage({ site }: SectionProps) {
  const { api } = useDesk();
  const [isInviting, setInviting] = useState(false);
  const query = useQuery({
    queryKey: peopleKey(site.id),
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/people', { path: { site_id: site.id } }),
  });
  return (
    <PageFrame
      title={words.title}
      lead={words.lead}
      size="table"
      actions={
        <Button look="primary" icon={UserPlus} onClick={() => setInviting(true)}>
          {words.invite}
        </Button>
      }
    >
      <Loaded query={query}>
        {(people) => (
          <>
            <PeopleTable siteId={site.id} people={people} />
            <RequireTwoStep siteId={site.id} isOn={people.requires_second_factor} />
            {isInviting && (
              <InviteDialog siteId={site.id} queues={people.queues} onClose={() => setInviting(false)} />
            )}
          </>
        )}
      </Loaded>
    </PageFrame>
  );
}

function RequireTwoStep({ siteId, isOn }: { siteId: string; isOn: boolean }) {
  const { api } = useDesk();
  const change = useChange(
    (requires_second_factor: boolean) =>
      api.put(
        '/api/v1/admin/sites/{site_id}/sign-in-rules',
        { requires_second_factor },
        { path: { site_id: siteId } },
      ),
    { refresh: [peopleKey(siteId)], said: texts.settings.saved },
  );
  return (
    <div className="people-rules">
      <SwitchField
        label={words.require}
        hint={words.require_hint}
        on={isOn}
        disabled={change.isPending}
        onChange={(on) => change.mutate(on)}
      />
    </div>
  );
}

function PeopleTable({ siteId, people }: { siteId: string; people: PeopleView }) {
  const [open, setOpen] = useState<string | null>(null);
  const [team, setTeam] = useState('');
  const shown = people.items.filter((person) => team === '' || person.team_ids.includes(team));
  const opened = people.items.find((person) => person.id === open);
  return (
    <>
      {people.teams.length > 0 && (
        <div className="people-filter">
          <SelectField
            label={groups.filter}
            value={team}
            options={[
              { value: '', label: groups.every },
              ...people.teams.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={setTeam}
          />
        </div>
      )}
      <div className="settings-table-scroll" role="group" aria-label={words.title} tabIndex={0}>
        <table className="settings-table people-table" role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">
                {words.name}
              </th>
              <th role="columnheader" scope="col">
                {words.role}
              </th>
              <th role="columnheader" scope="col">
                {words.queues}
              </th>
              <th role="columnheader" scope="col">
                {words.state}
              </th>
              <th role="columnheader" scope="col">
                {words.last_seen}
              </th>
              <th role="columnheader" scope="col">
                <span className="visually-hidden">{words.change}</span>
              </th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {shown.map((person) => (
              <PersonRow
                key={person.id}
                siteId={siteId}
                person={person}
                people={people}
                onOpen={() => setOpen(person.id)}
              />
            ))}
          </tbody>
        </table>
        {opened && (
          <PersonDialog
            siteId={siteId}
            person={opened}
            queues={people.queues}
            onClose={() => setOpen(null)}
          />
        )}
      </div>
      {shown.length === 0 && <p className="people-none">{groups.none}</p>}
    </>
  );
}

interface PersonRowProps {
  siteId: string;
  person: Person;
  people: PeopleView;
  onOpen: () => void;
}

function PersonRow({ siteId, person, people, onOpen }: PersonRowProps) {
  const { store } = useDesk().work;
  const myId = useStore(store, (state) => state.me.id);
  const reasons = useStore(store, (state) => state.presence_reasons);
  const { queues, teams } = people;
  const served = queues.filter((queue) => person.queue_ids.includes(queue.id)).map((queue) => queue.name);
  const inTeams = teams.filter((team) => person.team_ids.includes(team.id)).map((team) => team.name);
  const all = served.length === queues.length ? words.every_queue : served.join(', ');
  return (
    <tr role="row">
      <td role="cell">
        <div className="person-name">
          <Avatar name={person.name} picture={person.picture} size={32} />
          <div>
            <p>
              {person.name}
              {person.id === myId && <span className="badge">{words.you}</span>}
            </p>
            <small>{person.email}</small>
          </div>
        </div>
      </td>
      <td role="cell">{words.roles[person.role]}</td>
      <td role="cell" data-label={words.queues}>
        {served.length === 0 ? words.no_queue : all}
        {inTeams.length > 0 && <small className="person-teams">{inTeams.join(', ')}</small>}
      </td>
      <td role="cell">
        <span className="person-state" data-state={person.state}>
          {words.states[person.state]}
        </span>
        {person.state === 'active' && (
          <small className="person-teams">{presenceWords(person.presence, reasons)}</small>
        )}
        {person.second_factor && (
          <span className="person-two-step" title={words.two_step}>
            <ShieldCheck size={14} aria-hidden />
            <span className="visually-hidden">{words.two_step}</span>
          </span>
        )}
      </td>
      <td role="cell" className="numbers" data-label={words.last_seen}>
        {person.seen_at ? shortMoment(person.seen_at) : words.never}
      </td>
      <td role="cell">
        <div className="person-acts">
          <Button aria-label={words.edit(person.name)} onClick={onOpen}>
            {words.change}
          </Button>
          <PersonActs siteId={siteId} person={person} isMe={person.id === myId} />
        </div>
      </td>
    </tr>
  );
}
