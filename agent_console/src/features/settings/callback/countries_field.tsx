import { X } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { texts, voice } from '../../../texts';
import { IconButton } from '../../../ui/button';
import { SelectField } from '../../../ui/form';
import './countries_field.css';

type Country = components['schemas']['CallableCountry'];
const words = texts.call_settings;
const names = new Intl.DisplayNames([voice.locale], { type: 'region' });
const nameOf = (code: string) => names.of(code) ?? code;

interface CountriesFieldProps {
  all: readonly Country[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** The countries whose numbers are called, one by one: each of them may cost something. */
export function CountriesField({ all, chosen, onChange }: CountriesFieldProps) {
  const left = all
    .filter(({ code }) => !chosen.includes(code))
    .map(({ code, calling_code }) => ({
      value: code,
      label: `${nameOf(code)} (+${String(calling_code)})`,
    }))
    .sort((one, other) => one.label.localeCompare(other.label, voice.locale));
  return (
    <>
      {chosen.length === 0 && <p className="form-hint">{words.no_country}</p>}
      <ul className="countries">
        {chosen.map((code) => (
          <li key={code}>
            {nameOf(code)}
            <IconButton
              icon={X}
              label={words.remove(nameOf(code))}
              onClick={() => onChange(chosen.filter((one) => one !== code))}
            />
          </li>
        ))}
      </ul>
      <SelectField
        label={words.add_country}
        value=""
        options={[{ value: '', label: words.choose_country }, ...left]}
        onChange={(code) => code !== '' && onChange([...chosen, code])}
      />
    </>
  );
}
