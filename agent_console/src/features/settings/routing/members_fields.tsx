import { texts } from '../../../texts';
import type { QueueRules } from './queue_rules_dialog';

type Member = QueueRules['people'][number];
const words = texts.routing.queue;

interface MembersFieldsProps {
  label: string;
  members: readonly Member[];
  names: Readonly<Record<string, string>>;
  onChange: (members: Member[]) => void;
}

/** How near the queue is to each who serves it. */
export function MembersFields({ label, members, names, onChange }: MembersFieldsProps) {
  if (members.length === 0) return null;
  const put = (id: string, part: Partial<Member>) =>
    onChange(members.map((member) => (member.id === id ? { ...member, ...part } : member)));
  return (
    <table className="routing-members">
      <thead>
        <tr>
          <th scope="col">{label}</th>
          <th scope="col">{words.member_priority}</th>
          <th scope="col">{words.member_delay}</th>
        </tr>
      </thead>
      <tbody>
        {members.map(({ id, priority, delay_seconds }) => (
          <tr key={id}>
            <th scope="row">{names[id]}</th>
            <td>
              <NumberField
                label={words.priority_of(names[id] ?? '')}
                least={1}
                most={9}
                value={priority}
                onChange={(value) => put(id, { priority: value })}
              />
            </td>
            <td>
              <NumberField
                label={words.delay_of(names[id] ?? '')}
                least={0}
                most={86400}
                value={delay_seconds}
                onChange={(value) => put(id, { delay_seconds: value })}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface NumberFieldProps {
  label: string;
  least: number;
  most: number;
  value: number;
  onChange: (value: number) => void;
}

function NumberField({ label, least, most, value, onChange }: NumberFieldProps) {
  return (
    <input
      className="field"
      type="number"
      aria-label={label}
      min={least}
      max={most}
      required
      value={value}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
    />
  );
}
