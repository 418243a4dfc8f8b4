import { useId, useState, type KeyboardEvent } from 'react';
import { X } from 'lucide-react';
import { texts } from '../../../texts';
import { addressesIn } from './addresses';

const words = texts.mail_composer;

interface AddressFieldProps {
  label: string;
  addresses: readonly string[];
  /** Of the last mail, one click away. */
  offered?: readonly string[];
  autoFocus?: boolean;
  onChange: (addresses: string[]) => void;
}

/** Addresses as chips: Enter, a comma or leaving the field takes what was typed, Backspace takes the last one away. */
export function AddressField({ label, addresses, offered = [], autoFocus, onChange }: AddressFieldProps) {
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const id = useId();

  function take(text: string): void {
    const { found, rest } = addressesIn(text);
    if (found.length > 0) onChange([...new Set([...addresses, ...found])]);
    setTyped(rest);
    setWrong(rest !== '');
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    const isMod = event.ctrlKey || event.metaKey;
    if (['Enter', ',', ';'].includes(event.key) && !isMod && typed.trim()) {
      event.preventDefault();
      event.stopPropagation();
      take(typed);
    }
    if (event.key === 'Backspace' && typed === '') onChange(addresses.slice(0, -1));
  }

  const left = offered.filter((address) => !addresses.includes(address));
  return (
    <div className="mail-field">
      <label htmlFor={id}>{label}</label>
      <div className="mail-chips">
        {addresses.map((address) => (
          <span key={address} className="mail-chip">
            <bdi className="truncate">{address}</bdi>
            <button
              type="button"
              aria-label={words.remove(address)}
              onClick={() => onChange(addresses.filter((one) => one !== address))}
            >
              <X size={12} aria-hidden />
            </button>
          </span>
        ))}
        <input
          id={id}
          type="text"
          inputMode="email"
          autoComplete="off"
          autoFocus={autoFocus}
          aria-invalid={isWrong || undefined}
          aria-describedby={isWrong ? `${id}-wrong` : undefined}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setWrong(false);
          }}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            event.preventDefault();
            take(typed + event.clipboardData.getData('text'));
          }}
          onBlur={() => typed.trim() && take(typed)}
        />
        {left.map((address) => (
          <button
            key={address}
            type="button"
            className="mail-offered"
            onClick={() => onChange([...addresses, address])}
          >
            + <bdi>{address}</bdi>
          </button>
        ))}
      </div>
      {isWrong && (
        <p className="mail-field-wrong" id={`${id}-wrong`} role="alert">
          {words.no_address(typed)}
        </p>
      )}
    </div>
  );
}
