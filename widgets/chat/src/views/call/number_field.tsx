import type { CallbackOptions, NumberChecked } from '@engage/client';
import { useEffect, useState } from 'preact/hooks';
import { localeOfTexts } from '../../texts';
import { useApp } from '../../ui/context';
import { wordsFor } from './words';

/** Shorter ones are still being typed. */
const LEAST_DIGITS = 5;
const TYPED_MS = 400;

interface NumberFieldProps {
  options: CallbackOptions;
  country: string;
  number: string;
  complaint: string | undefined;
  check: (number: string, country: string) => Promise<NumberChecked>;
  onChange: (part: { country?: string; number?: string }) => void;
}

/** The number with its country; what cannot be called is said while it is typed. */
export function NumberField({ options, country, number, complaint, check, onChange }: NumberFieldProps) {
  const { state } = useApp();
  const words = wordsFor(state.locale);
  const checked = useChecked(number, country, check);
  const refused = complaint ?? (checked?.refusal ? words.refused[checked.refusal] : undefined);
  const names = new Intl.DisplayNames([localeOfTexts(state.locale)], { type: 'region' });
  return (
    <div class="form-row call-number">
      <label class="label" for="call-country">
        {words.country}
      </label>
      <select
        id="call-country"
        class="field"
        value={country}
        autocomplete="tel-country-code"
        onChange={(event) => onChange({ country: event.currentTarget.value })}
      >
        {options.countries.map(({ code, calling_code }) => (
          <option key={code} value={code}>
            {`${names.of(code) ?? code} (+${calling_code})`}
          </option>
        ))}
      </select>
      <label class="label" for="call-number">
        {words.number}
      </label>
      <input
        id="call-number"
        class="field"
        type="tel"
        autocomplete="tel"
        maxLength={40}
        dir="ltr"
        value={number}
        aria-invalid={refused !== undefined}
        aria-describedby="call-number-said"
        onInput={(event) => onChange({ number: event.currentTarget.value })}
      />
      <p class={refused ? 'complaint' : 'note'} id="call-number-said" role="status">
        {refused ?? (checked?.shown ? words.numberGood(checked.shown) : words.numberHint)}
      </p>
    </div>
  );
}

function useChecked(number: string, country: string, check: NumberFieldProps['check']): NumberChecked | null {
  const [checked, setChecked] = useState<NumberChecked | null>(null);
  useEffect(() => {
    setChecked(null);
    if (number.replace(/\D/g, '').length < LEAST_DIGITS) return;
    let isLatest = true;
    const timer = setTimeout(() => {
      // Without an answer the server checks it when it is sent.
      check(number, country).then(
        (found) => isLatest && setChecked(found),
        () => undefined,
      );
    }, TYPED_MS);
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [number, country]);
  return checked;
}
