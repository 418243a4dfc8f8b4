import { useState, type FormEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Building2, Trash2 } from 'lucide-react';
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
import './routing.css';

type Centre = components['schemas']['CentreView'];
type State = Centre['state'];
const STATES: readonly State[] = ['open', 'draining', 'down'];
const words = texts.routing.centres;

export default function CentresPage({ site }: SectionProps) {
  const { api } = useDesk();
  const key = ['centres', site.id];
  const mayAdminister = site.rights.includes('administer');
  const query = useQuery({
    queryKey: key,
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/centres', { path: { site_id: site.id } }),
  });
  return (
    <PageFrame title={words.title} lead={words.lead}>
      {mayAdminister && <AddCentre siteId={site.id} refresh={key} />}
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={Building2} title={words.empty} hint={words.empty_hint} />
          ) : (
            <ul className="settings-rows">
              {items.map((centre) => (
                <CentreRow key={centre.id} centre={centre} refresh={key} mayRemove={mayAdminister} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </PageFrame>
  );
}

function AddCentre({ siteId, refresh }: { siteId: string; refresh: string[] }) {
  const { api } = useDesk();
  const [name, setName] = useState('');
  const add = useChange(
    () => api.post('/api/v1/admin/sites/{site_id}/centres', { name }, { path: { site_id: siteId } }),
    { refresh: [refresh], onDone: () => setName('') },
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() && !add.isPending) add.mutate(undefined);
  }
  return (
    <form className="settings-add" onSubmit={submit}>
      <input
        className="field"
        aria-label={words.one}
        placeholder={words.placeholder}
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button look="primary" type="submit" disabled={!name.trim() || add.isPending}>
        {texts.settings.add}
      </Button>
    </form>
  );
}

interface CentreRowProps {
  centre: Centre;
  refresh: string[];
  mayRemove: boolean;
}

function CentreRow({ centre, refresh, mayRemove }: CentreRowProps) {
  const { api } = useDesk();
  const [asked, setAsked] = useState<'down' | 'remove' | null>(null);
  const path = { centre_id: centre.id };
  const close = () => setAsked(null);
  const change = useChange(
    (state: State) => api.put('/api/v1/admin/centres/{centre_id}/state', { state }, { path }),
    { refresh: [refresh], onDone: close },
  );
  const remove = useChange(() => api.delete('/api/v1/admin/centres/{centre_id}', { path }), {
    refresh: [refresh],
  });
  return (
    <li className="settings-row">
      <div className="settings-row-main">
        <strong>{centre.name}</strong>
        <p className={centre.state === 'open' ? undefined : 'is-warning'}>
          {words.hints[centre.state]} · {words.people(centre.people, centre.available)}
        </p>
      </div>
      <select
        className="field routing-state"
        aria-label={words.state(centre.name)}
        value={centre.state}
        disabled={change.isPending}
        onChange={(event) => {
          const state = event.currentTarget.value as State;
          if (state === 'down') setAsked('down');
          else change.mutate(state);
        }}
      >
        {STATES.map((state) => (
          <option key={state} value={state}>
            {words.states[state]}
          </option>
        ))}
      </select>
      {mayRemove && (
        <IconButton
          icon={Trash2}
          label={texts.settings.remove(centre.name)}
          onClick={() => setAsked('remove')}
        />
      )}
      {asked === 'down' && (
        <ConfirmDialog
          title={words.down_title(centre.name)}
          lead={words.down_lead}
          confirm={words.states.down}
          isBusy={change.isPending}
          onConfirm={() => change.mutate('down')}
          onClose={close}
        />
      )}
      {asked === 'remove' && (
        <ConfirmDialog
          title={texts.settings.remove(centre.name)}
          lead={words.remove_lead}
          confirm={texts.settings.remove_short}
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate(undefined)}
          onClose={close}
        />
      )}
    </li>
  );
}
