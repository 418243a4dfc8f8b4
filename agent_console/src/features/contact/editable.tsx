import { useState, type KeyboardEvent } from 'react';
import { texts } from '../../texts';
import type { ContactField } from './use_contact';

export type Value = string | number | boolean | null;

interface EditableProps {
  label: string;
  kind: ContactField['kind'] | 'email' | 'phone';
  choices?: readonly string[];
  value: Value;
  /** Its refusal is said by whoever sends it; then the old value stands here again. */
  onSave: (value: Value) => void;
}

const INPUT: Record<EditableProps['kind'], string> = {
  text: 'text',
  number: 'number',
  date: 'date',
  link: 'url',
  email: 'email',
  phone: 'tel',
  yes_no: '',
  choice: '',
};

function wordsOf(kind: EditableProps['kind'], value: Value): string {
  if (value === null || value === '') return '';
  if (kind === 'yes_no') return value === true ? texts.people.yes : texts.people.no;
  return String(value);
}

function parsed(kind: EditableProps['kind'], text: string): Value {
  if (text.trim() === '') return null;
  if (kind === 'number') return Number(text);
  return kind === 'yes_no' ? text === 'true' : text.trim();
}

/** A long address breaks before its host and not in the middle of a word. */
export function Breakable({ text }: { text: string }) {
  const at = text.lastIndexOf('@');
  return at < 1 ? (
    text
  ) : (
    <>
      {text.slice(0, at)}
      <wbr />
      {text.slice(at)}
    </>
  );
}

/** A fact that becomes a field when it is pressed; Enter keeps, Escape leaves it as it was. */
export function Editable({ label, kind, choices = [], value, onSave }: EditableProps) {
  const [isEditing, setEditing] = useState(false);
  const shown = wordsOf(kind, value);
  function keep(text: string): void {
    setEditing(false);
    const next = parsed(kind, text);
    if (next !== (value === '' ? null : value)) onSave(next);
  }
  if (!isEditing) {
    return (
      <span className="editable">
        {kind === 'link' && shown && (
          <a href={shown} target="_blank" rel="noreferrer noopener" dir="auto">
            {shown}
          </a>
        )}
        <button type="button" className={shown ? undefined : 'is-empty'} onClick={() => setEditing(true)}>
          {kind === 'link' && shown ? (
            texts.people.edit(label)
          ) : (
            <>
              <span className="visually-hidden">{texts.people.edit(label)}: </span>
              <span dir="auto">{shown ? <Breakable text={shown} /> : texts.people.nothing}</span>
            </>
          )}
        </button>
      </span>
    );
  }
  if (kind === 'yes_no' || kind === 'choice') {
    const options = kind === 'choice' ? choices : ['true', 'false'];
    return (
      <select
        className="field editable-field"
        aria-label={label}
        autoFocus
        defaultValue={value === null ? '' : String(value)}
        onChange={(event) => keep(event.currentTarget.value)}
        onBlur={() => setEditing(false)}
      >
        <option value="">{texts.people.unset}</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {kind === 'choice' ? option : wordsOf(kind, option === 'true')}
          </option>
        ))}
      </select>
    );
  }
  function hear(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Enter') event.currentTarget.blur();
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.value = shown;
    setEditing(false);
  }
  return (
    <input
      className="field editable-field"
      type={INPUT[kind]}
      step="any"
      aria-label={label}
      autoFocus
      maxLength={320}
      defaultValue={shown}
      onKeyDown={hear}
      onBlur={(event) => keep(event.currentTarget.value)}
    />
  );
}
