import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { texts } from '../../../texts';
import { IconButton } from '../../../ui/button';
import { SelectField, SwitchField, TextField } from '../../../ui/form';
import { ChoiceFields } from './choice_fields';
import { answersOf, askedAfter, KINDS, labelOf, ofKind, withLabel, type AskedField } from './pre_chat';

const words = texts.settings.pre_chat;
const TOPIC = 'topic';

interface FieldCardProps {
  field: AskedField;
  /** Questions that stand before it: only they can be a condition. */
  before: readonly AskedField[];
  after: readonly AskedField[];
  /** The language that is being written, then the site's first. */
  locales: readonly [string, string];
  topics: readonly { key: string; name: string }[];
  onChange: (field: AskedField) => void;
  onRemove: () => void;
  onUp: (() => void) | null;
  onDown: (() => void) | null;
}

export function FieldCard({ field, before, after, locales, topics, onChange, ...acts }: FieldCardProps) {
  const [locale, main] = locales;
  const name = labelOf(field, locales) ?? words.new_question;
  const isTaken = before.some(({ key }) => key === 'email');
  const kinds = KINDS.filter((kind) => kind !== 'email' || field.kind === 'email' || !isTaken);
  return (
    <li className="field-card" aria-label={name}>
      <header>
        <strong>{name}</strong>
        <IconButton
          icon={ArrowUp}
          label={texts.settings.up(name)}
          disabled={!acts.onUp}
          onClick={() => acts.onUp?.()}
        />
        <IconButton
          icon={ArrowDown}
          label={texts.settings.down(name)}
          disabled={!acts.onDown}
          onClick={() => acts.onDown?.()}
        />
        <IconButton icon={Trash2} label={texts.settings.remove(name)} onClick={acts.onRemove} />
      </header>
      <div className="field-card-grid">
        <TextField
          label={words.label}
          maxLength={120}
          required={!labelOf(field, [main])}
          placeholder={labelOf(field, [main])}
          value={field.labels[locale] ?? ''}
          onChange={(label) => onChange({ ...field, labels: withLabel(field.labels, locale, label) })}
        />
        <SelectField
          label={words.kind}
          value={field.kind}
          options={kinds.map((kind) => ({ value: kind, label: words.kinds[kind] }))}
          onChange={(kind) => onChange(ofKind(field, kind))}
        />
      </div>
      {field.kind === 'choice' && (
        <ChoiceFields
          choices={field.choices}
          locales={locales}
          neededBy={(value) => {
            const asked = askedAfter(after, field.key, value);
            return asked && (labelOf(asked, locales) ?? words.new_question);
          }}
          onChange={(choices) => onChange({ ...field, choices })}
        />
      )}
      <ConditionFields field={field} before={before} locales={locales} topics={topics} onChange={onChange} />
      <SwitchField
        label={words.required}
        on={field.required}
        onChange={(required) => onChange({ ...field, required })}
      />
    </li>
  );
}

type ConditionFieldsProps = Pick<FieldCardProps, 'field' | 'before' | 'locales' | 'topics' | 'onChange'>;

function ConditionFields({ field, before, locales, topics, onChange }: ConditionFieldsProps) {
  const condition = field.show_when;
  const asked = before.find(({ key }) => key === condition?.field);
  const answers =
    condition?.field === TOPIC
      ? topics.map(({ key, name }) => ({ value: key, label: name }))
      : (asked && answersOf(asked)?.map((value) => ({ value, label: answerWords(asked, value, locales) }))) ||
        null;
  const put = (show_when: AskedField['show_when']) => onChange({ ...field, show_when });
  const first = (key: string) => {
    if (key === TOPIC) return topics[0]?.key ?? '';
    const other = before.find((one) => one.key === key);
    return (other && answersOf(other)?.[0]) ?? '';
  };
  return (
    <div className="field-card-grid">
      <SelectField
        label={words.show}
        value={condition?.field ?? ''}
        options={[
          { value: '', label: words.show_always },
          { value: TOPIC, label: words.show_topic },
          ...before.map((one) => ({
            value: one.key,
            label: words.show_when(labelOf(one, locales) ?? one.key),
          })),
        ]}
        onChange={(key) => put(key ? { field: key, value: first(key) } : null)}
      />
      {condition &&
        (answers ? (
          <SelectField
            label={words.is}
            value={condition.value}
            options={answers}
            onChange={(value) => put({ ...condition, value })}
          />
        ) : (
          <TextField
            label={words.is}
            maxLength={200}
            value={condition.value}
            onChange={(value) => put({ ...condition, value })}
          />
        ))}
    </div>
  );
}

function answerWords(asked: AskedField, value: string, locales: readonly string[]): string {
  if (asked.kind === 'checkbox') return words.ticked;
  const choice = asked.choices.find((one) => one.value === value);
  return (choice && labelOf(choice, locales)) ?? value;
}
