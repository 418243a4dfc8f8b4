import { useId, type ComponentPropsWithRef, type ReactNode } from 'react';
import { Switch } from 'radix-ui';
import './field.css';
import './form.css';

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | null;
}

interface Told {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

/** A label, its control, what helps, and what is wrong, tied together for those who cannot see it. */
function Labelled({ label, hint, error, children }: FieldProps & { children: (told: Told) => ReactNode }) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <div className="form-field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': describedBy, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <p className="form-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="form-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

type TextFieldProps = FieldProps &
  Omit<ComponentPropsWithRef<'input'>, 'onChange' | 'value'> & {
    value: string;
    onChange: (value: string) => void;
  };

export function TextField({ label, hint, error, onChange, ...rest }: TextFieldProps) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(told) => (
        <input
          className="field"
          dir="auto"
          {...rest}
          {...told}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Labelled>
  );
}

type NumberFieldProps = Omit<TextFieldProps, 'value' | 'onChange' | 'type'> & {
  value: number;
  onChange: (value: number) => void;
};

export function NumberField({ value, onChange, ...rest }: NumberFieldProps) {
  return (
    <TextField
      type="number"
      required
      {...rest}
      value={String(value)}
      onChange={(typed) => onChange(Number(typed))}
    />
  );
}

type AreaFieldProps = FieldProps &
  Omit<ComponentPropsWithRef<'textarea'>, 'onChange' | 'value'> & {
    value: string;
    onChange: (value: string) => void;
  };

export function AreaField({ label, hint, error, onChange, ...rest }: AreaFieldProps) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(told) => (
        <textarea
          className="field"
          dir="auto"
          {...rest}
          {...told}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Labelled>
  );
}

export interface Choice<T extends string> {
  value: T;
  label: string;
}

interface SelectFieldProps<T extends string> extends FieldProps {
  value: T;
  options: readonly Choice<T>[];
  onChange: (value: T) => void;
  disabled?: boolean;
}

/** The browser's own list: it works by keyboard, by voice and on every phone. */
export function SelectField<T extends string>({
  label,
  hint,
  error,
  options,
  onChange,
  ...rest
}: SelectFieldProps<T>) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(told) => (
        <select
          className="field"
          {...rest}
          {...told}
          onChange={(event) => onChange(event.currentTarget.value as T)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

interface SwitchFieldProps {
  label: string;
  hint?: string;
  on: boolean;
  onChange: (on: boolean) => void;
  disabled?: boolean;
}

export function SwitchField({ label, hint, on, onChange, disabled }: SwitchFieldProps) {
  const id = useId();
  return (
    <div className="form-switch">
      <div>
        <label htmlFor={id}>{label}</label>
        {hint && (
          <p className="form-hint" id={`${id}-hint`}>
            {hint}
          </p>
        )}
      </div>
      <Switch.Root
        id={id}
        className="switch"
        checked={on}
        disabled={disabled}
        onCheckedChange={onChange}
        aria-describedby={hint ? `${id}-hint` : undefined}
      >
        <Switch.Thumb className="switch-thumb" />
      </Switch.Root>
    </div>
  );
}

/** A part of a page with its own heading. */
export function FormSection({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className="form-section" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {lead && <p>{lead}</p>}
      </header>
      {children}
    </section>
  );
}
