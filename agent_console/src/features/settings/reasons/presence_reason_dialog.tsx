import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Dialog } from '../../../ui/dialog';
import { DialogForm } from '../../../ui/dialog_form';
import { SelectField, SwitchField, TextField } from '../../../ui/form';
import { languageName } from '../sites/languages';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import type { Reason, Reasons } from './presence_reasons_page';

const words = texts.handling.presence_reasons;
const PRESENCES = ['busy', 'away', 'break'] as const;
const LONGEST = 60;

interface PresenceReasonDialogProps {
  siteId: string;
  /** None is a new one. */
  reason: Reason | null;
  all: Reasons;
  onClose: () => void;
}

export function PresenceReasonDialog({ siteId, reason, all, onClose }: PresenceReasonDialogProps) {
  const { api } = useDesk();
  const form = useForm({
    label: reason?.label ?? '',
    names: reason?.names ?? {},
    presence: PRESENCES.find((one) => one === reason?.presence) ?? ('away' as const),
    productive: reason?.productive ?? false,
  });
  const { value, change, errors } = form;
  const save = useChange(
    () =>
      reason
        ? api.put('/api/v1/admin/presence-reasons/{presence_reason_id}', value, {
            path: { presence_reason_id: reason.id },
          })
        : api.post('/api/v1/admin/sites/{site_id}/presence-reasons', value, { path: { site_id: siteId } }),
    { refresh: [['presence_reasons', siteId]], onDone: onClose },
  );
  return (
    <Dialog title={reason ? texts.settings.edit(reason.label) : words.add} onClose={onClose}>
      <DialogForm
        isReady={value.label.trim() !== ''}
        isBusy={save.isPending}
        onSubmit={() => save.mutate(undefined, { onError: form.refused })}
        onClose={onClose}
      >
        <TextField
          label={words.name}
          maxLength={LONGEST}
          required
          value={value.label}
          error={errors.label}
          onChange={(label) => change({ label })}
        />
        {all.locales.slice(1).map((locale) => (
          <TextField
            key={locale}
            label={words.name_in(languageName(locale))}
            placeholder={value.label}
            maxLength={LONGEST}
            value={value.names[locale] ?? ''}
            onChange={(name) => change({ names: withName(value.names, locale, name) })}
          />
        ))}
        <SelectField
          label={words.presence}
          value={value.presence}
          options={PRESENCES.map((one) => ({ value: one, label: texts.presence.names[one] }))}
          onChange={(presence) => change({ presence })}
        />
        <SwitchField
          label={words.productive}
          hint={words.productive_hint}
          on={value.productive}
          onChange={(productive) => change({ productive })}
        />
      </DialogForm>
    </Dialog>
  );
}

/** An empty one is none: people read the label then. */
function withName(names: Reason['names'], locale: string, name: string): Reason['names'] {
  const { [locale]: _before, ...others } = names;
  return name.trim() ? { ...others, [locale]: name } : others;
}
