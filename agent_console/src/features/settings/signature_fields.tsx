import { AreaField } from '../../ui/form';
import { languageName } from './sites/languages';

/** In which the server itself speaks to customers. */
const SPOKEN = ['en', 'de'] as const;

interface SignatureFieldsProps {
  value: Readonly<Record<string, string>>;
  /** Signs. */
  most: number;
  onChange: (value: Record<string, string>) => void;
}

/** Lines below mails, by the language that is written in. */
export function SignatureFields({ value, most, onChange }: SignatureFieldsProps) {
  return SPOKEN.map((language) => (
    <AreaField
      key={language}
      label={languageName(language)}
      rows={3}
      maxLength={most}
      dir="auto"
      value={value[language] ?? ''}
      onChange={(words) => {
        const { [language]: _before, ...others } = value;
        onChange(words.trim() ? { ...others, [language]: words } : others);
      }}
    />
  ));
}
