import { useId, type KeyboardEvent } from 'react';
import { X } from 'lucide-react';
import { texts } from '../../../texts';
import { takenIn, withPasted, type AddressList } from './addresses';

const words = texts.mail_composer;

interface AddressFieldProps {
  label: string;
  list: AddressList;
  /** Of the last mail, one click away. */
  offered?: readonly string[];
  autoFocus?: boolean;
  onChange: (list: AddressList) => void;
}

/** Addresses as chips: Enter, a comma or leaving the field takes what was typed, Backspace takes the last one away. */
export function AddressField({ label, list, offered = [], autoFocus, onChange }: AddressFieldProps) {
  const { addresses } = list;
  const { text, isWrong } = list.typed;
  const id = useId();
  const take = (typed: string) => onChange(takenIn({ addresses, typed: { text: typed, isWrong } }));
  const choose = (chosen: readonly string[]) => onChange({ ...list, addresses: chosen });

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    const isMod = event.ctrlKey || event.metaKey;
    if (['Enter', ',', ';'].includes(event.key) && !isMod && text.trim()) {
      event.preventDefault();
      event.stopPropagation();
      take(text);
    }
    if (event.key === 'Backspace' && text === '') choose(addresses.slice(0, -1));
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
              onClick={() => choose(addresses.filter((one) => one !== address))}
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
          value={text}
          onChange={(event) => onChange({ addresses, typed: { text: event.target.value, isWrong: false } })}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            event.preventDefault();
            const { selectionStart, selectionEnd } = event.currentTarget;
            const before = text.slice(0, selectionStart ?? undefined);
            const after = text.slice(selectionEnd ?? text.length);
            take(withPasted(before, event.clipboardData.getData('text'), after));
          }}
          onBlur={() => text.trim() && take(text)}
        />
        {left.map((address) => (
          <button
            key={address}
            type="button"
            className="mail-offered"
            onClick={() => choose([...addresses, address])}
          >
            + <bdi>{address}</bdi>
          </button>
        ))}
      </div>
      {isWrong && (
        <p className="mail-field-wrong" id={`${id}-wrong`} role="alert">
          {words.no_address(text)}
        </p>
      )}
    </div>
  );
}
