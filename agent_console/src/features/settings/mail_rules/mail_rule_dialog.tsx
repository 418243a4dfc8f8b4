import { FlaskConical } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { wordsFor } from '../../../state/failure';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { DialogForm } from '../../../ui/dialog_form';
import { NumberField, SelectField, SwitchField, TextField } from '../../../ui/form';
import { TickList } from '../../../ui/tick_list';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import { ConditionFields, newCondition } from './condition_fields';
import type { MailRule, MailRules } from './mail_rules_page';

type Form = components['schemas']['MailRuleForm'];
const words = texts.mail_admin.rules;

interface MailRuleDialogProps {
  siteId: string;
  /** None is a new one. */
  rule: MailRule | null;
  all: MailRules;
  onClose: () => void;
}

function formOf(rule: MailRule | null): Form {
  if (rule) {
    const { name, mailbox_id, is_on, match, conditions, acts, stops, expires_at } = rule;
    return { name, mailbox_id, is_on, match, conditions, acts, stops, expires_at };
  }
  const acts = { drop: false, queue_id: null, label_ids: [], priority: 0, let_through: false };
  const conditions = [newCondition];
  return {
    name: '',
    mailbox_id: null,
    is_on: true,
    match: 'all',
    conditions,
    acts,
    stops: false,
    expires_at: null,
  };
}

/** As the browser's own field wants it, in this browser's hours. */
function localTime(at: string | null | undefined): string {
  if (!at) return '';
  const moment = new Date(at);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function MailRuleDialog({ siteId, rule, all, onClose }: MailRuleDialogProps) {
  const { api } = useDesk();
  const form = useForm(formOf(rule));
  const { value, change, errors } = form;
  const act = (part: Partial<Form['acts']>) => change({ acts: { ...value.acts, ...part } });
  const path = { site_id: siteId };
  const save = useChange(
    () =>
      rule
        ? api.put('/api/v1/admin/mail-rules/{rule_id}', value, { path: { rule_id: rule.id } })
        : api.post('/api/v1/admin/sites/{site_id}/mail-rules', value, { path }),
    { refresh: [['mail_rules', siteId]], onDone: onClose },
  );
  const dryRun = useChange(
    () => api.post('/api/v1/admin/sites/{site_id}/mail-rules/dry-run', value, { path }),
    {
      quiet: true,
    },
  );
  const isReady = value.name.trim() !== '' && value.conditions.every((one) => one.value.trim() !== '');
  return (
    <Dialog title={rule ? texts.settings.edit(rule.name) : words.add} size="wide" onClose={onClose}>
      <DialogForm
        isReady={isReady}
        isBusy={save.isPending}
        onSubmit={() => save.mutate(undefined, { onError: form.refused })}
        onClose={onClose}
      >
        <TextField
          label={words.name}
          maxLength={100}
          required
          value={value.name}
          error={errors.name}
          onChange={(name) => change({ name })}
        />
        <ConditionFields
          match={value.match ?? 'all'}
          conditions={value.conditions}
          error={errors.conditions}
          onMatch={(match) => change({ match })}
          onChange={(conditions) => change({ conditions })}
        />
        <p className="field-label rule-then">{words.then}</p>
        <SwitchField
          label={words.drop}
          hint={words.drop_hint}
          on={value.acts.drop ?? false}
          onChange={(drop) => act({ drop })}
        />
        {!value.acts.drop && (
          <>
            <div className="form-pair">
              <SelectField
                label={words.queue}
                value={value.acts.queue_id ?? ''}
                options={[
                  { value: '', label: words.same_queue },
                  ...all.queues.map(({ id, name }) => ({ value: id, label: name })),
                ]}
                onChange={(queue_id) => act({ queue_id: queue_id || null })}
              />
              <NumberField
                label={words.priority}
                min={0}
                max={10_000}
                value={value.acts.priority ?? 0}
                onChange={(priority) => act({ priority })}
              />
            </div>
            {all.labels.length > 0 && (
              <TickList
                label={words.labels}
                items={all.labels}
                chosen={value.acts.label_ids ?? []}
                onChange={(label_ids) => act({ label_ids })}
              />
            )}
            <SwitchField
              label={words.let_through}
              hint={words.let_through_hint}
              on={value.acts.let_through ?? false}
              onChange={(let_through) => act({ let_through })}
            />
          </>
        )}
        <SwitchField label={words.stops} on={value.stops ?? false} onChange={(stops) => change({ stops })} />
        <SwitchField label={words.is_on} on={value.is_on ?? true} onChange={(is_on) => change({ is_on })} />
        <TextField
          label={words.until}
          type="datetime-local"
          value={localTime(value.expires_at)}
          error={errors.expires_at}
          onChange={(at) => change({ expires_at: at ? new Date(at).toISOString() : null })}
        />
        <div className="mailbox-acts">
          <Button
            icon={FlaskConical}
            disabled={!isReady || dryRun.isPending}
            onClick={() => dryRun.mutate(undefined)}
          >
            {words.try_it}
          </Button>
          {dryRun.isError && <p className="form-error">{wordsFor(dryRun.error)}</p>}
          {dryRun.data && (
            <div className="rule-tried" role="status">
              <p>{words.tried(dryRun.data.matched, dryRun.data.looked_at)}</p>
              <ul>
                {dryRun.data.some.map((mail) => (
                  <li key={mail.id} dir="auto">
                    {mail.sender} – {mail.subject}
                  </li>
                ))}
              </ul>
            </div>
          )}
        </div>
      </DialogForm>
    </Dialog>
  );
}
