import type { HomeField, Topic } from '@engage/client';
import { useApp } from '../ui/context';
import { labelOf } from './contact_rules';

interface TopicsProps {
  topics: readonly Topic[];
  chosen: string;
  complaint: string | undefined;
  onChoose: (key: string) => void;
}

export function Topics({ topics, chosen, complaint, onChoose }: TopicsProps) {
  const { texts, spoken } = useApp();
  return (
    <fieldset class="topics" aria-describedby="topic-complaint">
      <legend class="label" {...spoken('topic')}>
        {texts.topic}
      </legend>
      {topics.map(({ key, label }) => (
        <label key={key} class={`pill ${chosen === key ? 'is-chosen' : ''}`}>
          <input
            type="radio"
            name="topic"
            value={key}
            checked={chosen === key}
            aria-invalid={complaint !== undefined && chosen === ''}
            onChange={() => onChoose(key)}
          />
          <span dir="auto">{label}</span>
        </label>
      ))}
      <p class="complaint" id="topic-complaint">
        {chosen === '' && complaint}
      </p>
    </fieldset>
  );
}

/** Which keyboard a phone shows, and what the browser may fill in. */
const HOW_TYPED: Partial<Record<HomeField['kind'], object>> = {
  email: { type: 'email', autocomplete: 'email' },
  phone: { type: 'tel', autocomplete: 'tel' },
  number: { inputMode: 'decimal' },
};

interface FieldProps {
  field: HomeField;
  value: string;
  complaint: string | undefined;
  onChange: (value: string) => void;
}

export function Field({ field, value, complaint, onChange }: FieldProps) {
  const { texts } = useApp();
  const id = `field-${field.key}`;
  const typed = (event: { currentTarget: HTMLInputElement }) => onChange(event.currentTarget.value);
  const shared = {
    id,
    class: 'field',
    dir: 'auto' as const,
    autocomplete: field.key === 'name' ? 'name' : 'on',
    value,
    required: field.required,
    'aria-invalid': complaint !== undefined,
    'aria-describedby': `${id}-complaint`,
  };
  if (field.kind === 'checkbox')
    return (
      <div class="form-row">
        <label class="tick">
          <input
            {...shared}
            class=""
            type="checkbox"
            checked={value !== ''}
            onChange={(event) => onChange(event.currentTarget.checked ? 'yes' : '')}
          />
          <span dir="auto">{field.label}</span>
        </label>
        <p class="complaint" id={`${id}-complaint`}>
          {complaint}
        </p>
      </div>
    );
  return (
    <div class="form-row">
      <label class="label" for={id}>
        <bdi>{labelOf(field, texts)}</bdi>
        {!field.required && <span class="optional">{texts.optional}</span>}
      </label>
      {field.kind === 'choice' ? (
        <select {...shared} onChange={(event) => onChange(event.currentTarget.value)}>
          <option value="">{texts.choose}</option>
          {field.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      ) : (
        <input {...shared} {...HOW_TYPED[field.kind]} maxLength={200} onInput={typed} />
      )}
      <p class="complaint" id={`${id}-complaint`}>
        {complaint}
      </p>
    </div>
  );
}
