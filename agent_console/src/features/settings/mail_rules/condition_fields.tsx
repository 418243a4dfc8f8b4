import { Plus, Trash2 } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { SelectField, TextField } from '../../../ui/form';
import './mail_rules.css';

type Form = components['schemas']['MailRuleForm'];
type Condition = Form['conditions'][number];
type Match = NonNullable<Form['match']>;
const words = texts.mail_admin.rules;
const FIELDS: readonly Condition['field'][] = [
  'sender',
  'sender_domain',
  'recipient',
  'subject',
  'text',
  'header',
];
const HOWS = ['contains', 'is', 'begins', 'ends'] as const;

export const newCondition: Condition = {
  field: 'sender',
  how: 'contains',
  value: '',
  header: '',
  negated: false,
};

interface ConditionFieldsProps {
  match: Match;
  conditions: readonly Condition[];
  error: string | undefined;
  onMatch: (match: Match) => void;
  onChange: (conditions: Condition[]) => void;
}

/** Which mails a rule is about. */
export function ConditionFields({ match, conditions, error, onMatch, onChange }: ConditionFieldsProps) {
  const put = (at: number, part: Partial<Condition>) =>
    onChange(conditions.map((one, place) => (place === at ? { ...one, ...part } : one)));
  return (
    <fieldset className="rule-conditions">
      <SelectField
        label={words.when}
        value={match}
        options={[
          { value: 'all', label: words.match_all },
          { value: 'any', label: words.match_any },
        ]}
        onChange={onMatch}
      />
      {conditions.map((condition, at) => (
        <div key={at} className="rule-condition">
          <SelectField
            label={words.field}
            value={condition.field}
            options={FIELDS.map((value) => ({ value, label: words.fields[value] }))}
            onChange={(field) => put(at, { field })}
          />
          {condition.field === 'header' && (
            <TextField
              label={words.header}
              maxLength={100}
              required
              value={condition.header ?? ''}
              onChange={(header) => put(at, { header })}
            />
          )}
          <SelectField
            label={words.how}
            value={condition.how ?? 'contains'}
            options={HOWS.map((value) => ({ value, label: words.hows[value] }))}
            onChange={(how) => put(at, { how })}
          />
          <TextField
            label={words.value}
            maxLength={300}
            required
            value={condition.value}
            onChange={(value) => put(at, { value })}
          />
          <IconButton
            icon={Trash2}
            label={texts.settings.remove(condition.value || words.value)}
            disabled={conditions.length === 1}
            onClick={() => onChange(conditions.filter((_one, place) => place !== at))}
          />
        </div>
      ))}
      {error && (
        <p className="form-error" role="alert">
          {error}
        </p>
      )}
      <Button look="quiet" icon={Plus} onClick={() => onChange([...conditions, newCondition])}>
        {words.add_condition}
      </Button>
    </fieldset>
  );
}
