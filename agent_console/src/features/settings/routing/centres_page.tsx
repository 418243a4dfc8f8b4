import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Building2, CalendarClock } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { IconButton } from '../../../ui/button';
import { exactTime } from '../../../ui/time_words';
import { ConfirmDialog } from '../confirm_dialog';
import { NounList } from '../noun_list';
import { AddName, RemoveButton } from '../noun_row';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { CentreHoursDialog } from './centre_hours_dialog';
import './routing.css';

type Centre = components['schemas']['CentreView'];
type State = Centre['state'];
const STATES: readonly State[] = ['open', 'draining', 'down'];
const words = texts.routing.centres;

export default function CentresPage({ site }: SectionProps) {
  const { api } = useDesk();
  const path = { site_id: site.id };
  const refresh = [['centres', site.id]];
  const mayAdminister = site.rights.includes('administer');
  const query = useQuery({
    queryKey: ['centres', site.id],
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/centres', { path }),
  });
  const add = (name: string) => api.post('/api/v1/admin/sites/{site_id}/centres', { name }, { path });
  return (
    <NounList
      words={words}
      icon={Building2}
      query={query}
      add={mayAdminister && <AddName words={words} maxLength={60} send={add} refresh={refresh} />}
      row={(centre) => (
        <>
          <div className="settings-row-main">
            <strong dir="auto">{centre.name}</strong>
            <p className={centre.state === 'open' ? undefined : 'is-warning'}>
              {words.hints[centre.state]} · {words.people(centre.people, centre.available)}
              {centre.turns_at && ` · ${words.turns_at(exactTime(centre.turns_at))}`}
            </p>
          </div>
          <StateField centre={centre} refresh={refresh} />
          {mayAdminister && <HoursButton centre={centre} refresh={refresh} />}
          {mayAdminister && (
            <RemoveButton
              name={centre.name}
              lead={words.remove_lead}
              send={() => api.delete('/api/v1/admin/centres/{centre_id}', { path: { centre_id: centre.id } })}
              refresh={refresh}
            />
          )}
        </>
      )}
    />
  );
}

function HoursButton({ centre, refresh }: { centre: Centre; refresh: string[][] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton icon={CalendarClock} label={words.hours_of(centre.name)} onClick={() => setOpen(true)} />
      {isOpen && <CentreHoursDialog centre={centre} refresh={refresh} onClose={() => setOpen(false)} />}
    </>
  );
}

/** To call a centre down sends its work away, so that is asked first. */
function StateField({ centre, refresh }: { centre: Centre; refresh: string[][] }) {
  const { api } = useDesk();
  const [isAsking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const change = useChange(
    (state: State) =>
      api.put('/api/v1/admin/centres/{centre_id}/state', { state }, { path: { centre_id: centre.id } }),
    { refresh, onDone: close },
  );
  return (
    <>
      <select
        className="field routing-state"
        aria-label={words.state(centre.name)}
        value={centre.state}
        disabled={change.isPending}
        onChange={(event) => {
          const state = event.currentTarget.value as State;
          if (state === 'down') setAsking(true);
          else change.mutate(state);
        }}
      >
        {STATES.map((state) => (
          <option key={state} value={state}>
            {words.states[state]}
          </option>
        ))}
      </select>
      {isAsking && (
        <ConfirmDialog
          title={words.down_title(centre.name)}
          lead={words.down_lead}
          confirm={words.states.down}
          isBusy={change.isPending}
          onConfirm={() => change.mutate('down')}
          onClose={close}
        />
      )}
    </>
  );
}
