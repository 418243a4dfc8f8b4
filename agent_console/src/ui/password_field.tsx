import { useId, useState, type ComponentPropsWithRef } from 'react';
import { Eye, EyeOff } from 'lucide-react';
import { texts } from '../texts';
import { passwordStrength } from './password_strength';
import './field.css';
import './form.css';
import './password_field.css';

interface PasswordFieldProps extends Omit<ComponentPropsWithRef<'input'>, 'onChange' | 'value' | 'type'> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | null | undefined;
  /** A new one: how strong it is stands below. */
  isNew?: boolean;
}

/** It can be read while typing, and a new one says how strong it is. */
export function PasswordField({ label, value, onChange, error, isNew = false, ...rest }: PasswordFieldProps) {
  const [isShown, setShown] = useState(false);
  const id = useId();
  const words = texts.access.password;
  return (
    <div className="form-field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <span className="password-field">
        <input
          id={id}
          className="field"
          type={isShown ? 'text' : 'password'}
          autoComplete={isNew ? 'new-password' : 'current-password'}
          maxLength={200}
          {...rest}
          aria-describedby={isNew || error ? `${id}-told` : undefined}
          aria-invalid={error ? true : undefined}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <button
          type="button"
          aria-label={isShown ? words.hide : words.show}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
        </button>
      </span>
      <div id={`${id}-told`}>
        {isNew && <Strength password={value} />}
        {error && (
          <p className="form-error" role="alert">
            {error}
          </p>
        )}
      </div>
    </div>
  );
}

function Strength({ password }: { password: string }) {
  const words = texts.access.password;
  if (password === '') return <p className="form-hint">{words.hint}</p>;
  const strength = passwordStrength(password);
  return (
    <p className="password-strength" data-strength={strength}>
      <span className="password-strength-bars" aria-hidden>
        {[1, 2, 3, 4].map((bar) => (
          <i key={bar} data-on={bar <= strength || undefined} />
        ))}
      </span>
      <span role="status">{words.strength[strength]}</span>
    </p>
  );
}
