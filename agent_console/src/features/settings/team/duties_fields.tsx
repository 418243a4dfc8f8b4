import type { components } from '@engage/client/src/schema';
import { texts } from '../../../texts';
import { SelectField, SwitchField } from '../../../ui/form';
import { TickList } from '../../../ui/tick_list';

type Role = components['schemas']['Person']['role'];

export interface Duties {
  role: Role;
  all_queues: boolean;
  queue_ids: string[];
}

interface DutiesFieldsProps {
  value: Duties;
  queues: readonly { id: string; name: string }[];
  onChange: (part: Partial<Duties>) => void;
}

const words = texts.access.people;
export const ROLES: readonly Role[] = ['agent', 'supervisor', 'editor', 'admin'];

/** Role, and the queues; an editor sees no conversations, so he has none. */
export function DutiesFields({ value, queues, onChange }: DutiesFieldsProps) {
  return (
    <>
      <SelectField
        label={words.role}
        hint={words.role_hints[value.role]}
        value={value.role}
        options={ROLES.map((role) => ({ value: role, label: words.roles[role] }))}
        onChange={(role) => onChange({ role })}
      />
      {value.role !== 'editor' && (
        <>
          <SwitchField
            label={words.all_queues}
            hint={words.all_queues_hint}
            on={value.all_queues}
            onChange={(all_queues) => onChange({ all_queues })}
          />
          <TickList
            label={words.serves}
            items={queues}
            chosen={value.queue_ids}
            onChange={(queue_ids) => onChange({ queue_ids })}
          />
        </>
      )}
    </>
  );
}
