import { useQuery } from '@tanstack/react-query';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Dialog } from '../../../ui/dialog';
import { DialogForm } from '../../../ui/dialog_form';
import { NumberField, SelectField, SwitchField } from '../../../ui/form';
import { Loaded } from '../loaded';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import { MembersFields } from './members_fields';
import { OverflowFields, type Overflow } from './overflow_fields';
import { StepsFields } from './steps_fields';
import './routing.css';

export type QueueRules = components['schemas']['QueueRulesSetup'];
const ORDERS: readonly QueueRules['order'][] = ['score', 'strict', 'newest_first'];
const AGENT_RULES: readonly QueueRules['agent_rule'][] = [
  'longest_idle',
  'load_ratio',
  'best_proficiency',
  'round_robin',
];
const words = texts.routing.queue;

interface QueueRulesDialogProps {
  queue: { id: string; name: string };
  onClose: () => void;
}

/** How one queue routes: its order, what it asks for, and who comes first. */
export function QueueRulesDialog({ queue, onClose }: QueueRulesDialogProps) {
  const { api } = useDesk();
  const query = useQuery({
    queryKey: ['queue_rules', queue.id],
    queryFn: () =>
      Promise.all([
        api.get('/api/v1/admin/queues/{queue_id}/rules', { path: { queue_id: queue.id } }),
        api.get('/api/v1/admin/queues/{queue_id}/overflow', { path: { queue_id: queue.id } }),
      ]),
  });
  return (
    <Dialog title={words.of(queue.name)} lead={words.lead} onClose={onClose}>
      <Loaded query={query}>
        {([rules, overflow]) => (
          <RulesForm queueId={queue.id} rules={rules} overflow={overflow} onClose={onClose} />
        )}
      </Loaded>
    </Dialog>
  );
}

interface RulesFormProps {
  queueId: string;
  rules: QueueRules;
  overflow: Overflow;
  onClose: () => void;
}

function RulesForm({ queueId, rules, overflow, onClose }: RulesFormProps) {
  const { api } = useDesk();
  const { names, skills, ...stored } = rules;
  const { value, change } = useForm(stored);
  const spills = useForm(overflow);
  const path = { queue_id: queueId };
  const save = useChange(
    async () => {
      const { others: _others, time_zone: _zone, ...spilled } = spills.value;
      await api.put('/api/v1/admin/queues/{queue_id}/rules', value, { path });
      if (spills.isChanged) await api.put('/api/v1/admin/queues/{queue_id}/overflow', spilled, { path });
    },
    { refresh: [['queue_rules', queueId], ['skills']], said: texts.settings.saved, onDone: onClose },
  );
  return (
    <DialogForm isBusy={save.isPending} onSubmit={() => save.mutate(undefined)} onClose={onClose}>
      <div className="form-pair">
        <SelectField
          label={words.order}
          hint={words.order_hints[value.order]}
          value={value.order}
          options={ORDERS.map((order) => ({ value: order, label: words.orders[order] }))}
          onChange={(order) => change({ order })}
        />
        <NumberField
          label={words.priority}
          hint={words.priority_hint}
          min={0}
          max={1440}
          value={value.priority}
          onChange={(priority) => change({ priority })}
        />
      </div>
      {value.order === 'score' && (
        <NumberField
          label={words.age_factor}
          hint={words.age_factor_hint}
          min={1}
          max={1000}
          value={value.age_factor}
          onChange={(percent) => change({ age_factor: percent })}
        />
      )}
      <div className="form-pair">
        <SelectField
          label={words.agent_rule}
          value={value.agent_rule}
          options={AGENT_RULES.map((rule) => ({ value: rule, label: words.agent_rules[rule] }))}
          onChange={(agent_rule) => change({ agent_rule })}
        />
        <NumberField
          label={words.sticky}
          hint={words.sticky_hint}
          min={0}
          max={86400}
          value={value.sticky_seconds}
          onChange={(seconds) => change({ sticky_seconds: seconds })}
        />
      </div>
      <StepsFields steps={value.steps} skills={skills} onChange={(steps) => change({ steps })} />
      {value.steps.length > 1 && (
        <SwitchField
          label={words.skips}
          hint={words.skips_hint}
          on={value.skips_unstaffed}
          onChange={(skips_unstaffed) => change({ skips_unstaffed })}
        />
      )}
      <OverflowFields value={spills.value} onChange={spills.change} />
      <MembersFields
        label={words.teams}
        members={value.teams}
        names={names}
        onChange={(teams) => change({ teams })}
      />
      <MembersFields
        label={words.people}
        members={value.people}
        names={names}
        onChange={(people) => change({ people })}
      />
    </DialogForm>
  );
}
