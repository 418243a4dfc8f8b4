import { Plus, Trash2 } from 'lucide-react';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { SelectField, TextField } from '../../../ui/form';
import type { MailboxForm, Mailboxes } from './mailbox_kinds';

const words = texts.mailboxes;
type Aliases = NonNullable<MailboxForm['aliases']>;

interface AliasFieldsProps {
  aliases: MailboxForm['aliases'];
  error: string | undefined;
  queues: Mailboxes['queues'];
  onChange: (aliases: Aliases) => void;
}

/** Further addresses, each with its queue. */
export function AliasFields({ aliases = [], error, queues, onChange }: AliasFieldsProps) {
  const put = (at: number, part: Partial<Aliases[number]>) =>
    onChange(aliases.map((alias, place) => (place === at ? { ...alias, ...part } : alias)));
  return (
    <fieldset className="mailbox-aliases">
      <legend className="field-label">{words.aliases}</legend>
      <p className="form-hint">{words.aliases_hint}</p>
      {aliases.map((alias, at) => (
        <div key={at} className="mailbox-alias">
          <TextField
            label={words.alias}
            type="email"
            maxLength={320}
            required
            value={alias.address}
            onChange={(address) => put(at, { address })}
          />
          <SelectField
            label={words.queue}
            value={alias.queue_id}
            options={queues.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(queue_id) => put(at, { queue_id })}
          />
          <IconButton
            icon={Trash2}
            label={texts.settings.remove(alias.address || words.alias)}
            onClick={() => onChange(aliases.filter((_one, place) => place !== at))}
          />
        </div>
      ))}
      {error && (
        <p className="form-error" role="alert">
          {error}
        </p>
      )}
      <Button
        look="quiet"
        icon={Plus}
        onClick={() => onChange([...aliases, { address: '', queue_id: queues[0]?.id ?? '' }])}
      >
        {words.add_alias}
      </Button>
    </fieldset>
  );
}
