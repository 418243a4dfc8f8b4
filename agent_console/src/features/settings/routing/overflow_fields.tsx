import type { components } from '@engage/client/src/schema';
import { texts } from '../../../texts';
import { FormSection, SelectField, SwitchField, TextField } from '../../../ui/form';
import { Holidays } from '../sites/holidays';
import { Week } from '../sites/hours_page';

export type Overflow = components['schemas']['OverflowSetup'];
const words = texts.routing.queue;

interface OverflowFieldsProps {
  value: Overflow;
  onChange: (part: Partial<Overflow>) => void;
}

const numberOf = (text: string): number | null => (text === '' ? null : Number(text));

/** Where work goes that waits for too long, is too much, or comes outside of the queue's hours. */
export function OverflowFields({ value, onChange }: OverflowFieldsProps) {
  const targets = [
    { value: '', label: words.overflow_stays },
    ...value.others.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const { hours } = value;
  return (
    <FormSection title={words.overflow} lead={words.overflow_lead}>
      <div className="form-pair">
        <TextField
          label={words.overflow_after}
          hint={words.overflow_empty}
          type="number"
          min={10}
          max={86400}
          value={value.after_seconds?.toString() ?? ''}
          onChange={(text) => onChange({ after_seconds: numberOf(text) })}
        />
        <TextField
          label={words.overflow_depth}
          hint={words.overflow_empty}
          type="number"
          min={1}
          max={10000}
          value={value.depth?.toString() ?? ''}
          onChange={(text) => onChange({ depth: numberOf(text) })}
        />
      </div>
      {(value.after_seconds !== null || value.depth !== null) && (
        <div className="form-pair">
          <SelectField
            label={words.overflow_target}
            value={value.target_id ?? ''}
            options={targets}
            onChange={(id) => onChange({ target_id: id || null })}
          />
          <TextField
            label={words.overflow_message}
            hint={words.overflow_message_hint}
            maxLength={500}
            value={value.message}
            onChange={(message) => onChange({ message })}
          />
        </div>
      )}
      <SwitchField
        label={words.own_hours}
        hint={words.own_hours_hint}
        on={hours !== null}
        onChange={(on) =>
          onChange({
            hours: on
              ? { always: false, time_zone: value.time_zone, spans: [], holidays: [], closed_by_hand: false }
              : null,
          })
        }
      />
      {hours && (
        <>
          <Week spans={hours.spans} onChange={(spans) => onChange({ hours: { ...hours, spans } })} />
          <Holidays
            holidays={hours.holidays}
            timeZone={value.time_zone}
            onChange={(holidays) => onChange({ hours: { ...hours, holidays } })}
          />
          <div className="form-pair">
            <SelectField
              label={words.closed_target}
              value={value.closed_target_id ?? ''}
              options={targets}
              onChange={(id) => onChange({ closed_target_id: id || null })}
            />
            <TextField
              label={words.overflow_message}
              hint={words.overflow_message_hint}
              maxLength={500}
              value={value.closed_message}
              onChange={(closed_message) => onChange({ closed_message })}
            />
          </div>
        </>
      )}
      {(value.after_seconds !== null || value.depth !== null || hours !== null) && (
        <>
          <SwitchField
            label={words.offers_call}
            hint={words.offers_call_hint}
            on={value.offers_call}
            onChange={(offers_call) => onChange({ offers_call })}
          />
          <SwitchField
            label={words.offers_mail}
            hint={words.offers_mail_hint}
            on={value.offers_mail}
            onChange={(offers_mail) => onChange({ offers_mail })}
          />
        </>
      )}
    </FormSection>
  );
}
