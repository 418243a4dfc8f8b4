import { useQuery } from '@tanstack/react-query';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Dialog } from '../../../ui/dialog';
import { DialogForm } from '../../../ui/dialog_form';
import { SelectField } from '../../../ui/form';
import { Loaded } from '../loaded';
import { useChange } from '../use_change';
import { useForm } from '../use_form';

type Routing = components['schemas']['PersonRouting'];
const LEVELS = ['0', '1', '2', '3', '4', '5'] as const;
const words = texts.routing.person;
const auto = texts.handling.auto;
const OWN = ['queue', 'always', 'never'] as const;
const OWN_VALUES = { queue: null, always: true, never: false };

interface PersonRoutingDialogProps {
  siteId: string;
  person: { id: string; name: string };
  onClose: () => void;
}

/** What somebody can, and where he works. */
export function PersonRoutingDialog({ siteId, person, onClose }: PersonRoutingDialogProps) {
  const { api } = useDesk();
  const query = useQuery({
    queryKey: ['person_routing', siteId, person.id],
    queryFn: () =>
      api.get('/api/v1/admin/sites/{site_id}/people/{agent_id}/routing', {
        path: { site_id: siteId, agent_id: person.id },
      }),
  });
  return (
    <Dialog title={words.of(person.name)} lead={words.lead} onClose={onClose}>
      <Loaded query={query}>
        {(routing) => <RoutingForm siteId={siteId} agentId={person.id} routing={routing} onClose={onClose} />}
      </Loaded>
    </Dialog>
  );
}

interface RoutingFormProps {
  siteId: string;
  agentId: string;
  routing: Routing;
  onClose: () => void;
}

function RoutingForm({ siteId, agentId, routing, onClose }: RoutingFormProps) {
  const { api } = useDesk();
  const { levels, centre_id, auto_accept } = routing;
  const { value, change } = useForm({ levels, centre_id, auto_accept });
  const save = useChange(
    () =>
      api.put('/api/v1/admin/sites/{site_id}/people/{agent_id}/routing', value, {
        path: { site_id: siteId, agent_id: agentId },
      }),
    {
      refresh: [
        ['person_routing', siteId, agentId],
        ['skills', siteId],
        ['centres', siteId],
      ],
      said: texts.settings.saved,
      onDone: onClose,
    },
  );
  const levelOf = (id: string) => value.levels.find(({ skill_id }) => skill_id === id)?.level ?? 0;
  const setLevel = (id: string, level: number) => {
    const others = value.levels.filter(({ skill_id }) => skill_id !== id);
    change({ levels: level === 0 ? others : [...others, { skill_id: id, level }] });
  };
  return (
    <DialogForm isBusy={save.isPending} onSubmit={() => save.mutate(undefined)} onClose={onClose}>
      <SelectField
        label={words.centre}
        value={value.centre_id ?? ''}
        options={[
          { value: '', label: words.nowhere },
          ...routing.centres.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(id) => change({ centre_id: id || null })}
      />
      <SelectField
        label={auto.person}
        value={OWN.find((one) => OWN_VALUES[one] === value.auto_accept) ?? 'queue'}
        options={OWN.map((one) => ({ value: one, label: auto.persons[one] }))}
        onChange={(one) => change({ auto_accept: OWN_VALUES[one] })}
      />
      {routing.skills.length === 0 && <p className="form-hint">{words.no_skills}</p>}
      {routing.skills.map(({ id, name }) => (
        <SelectField
          key={id}
          label={name}
          value={String(levelOf(id)) as (typeof LEVELS)[number]}
          options={LEVELS.map((level) => ({ value: level, label: words.levels[level] }))}
          onChange={(level) => setLevel(id, Number(level))}
        />
      ))}
    </DialogForm>
  );
}
