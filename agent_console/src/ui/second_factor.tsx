import { useState } from 'react';
import { Check, Copy, Download } from 'lucide-react';
import { texts } from '../texts';
import { Button } from './button';
import { TextField } from './form';
import './second_factor.css';

export interface SecondFactorOffer {
  secret: string;
  qr: string;
}

interface EnrolmentProps {
  offer: SecondFactorOffer;
  code: string;
  error: string | null;
  onCode: (code: string) => void;
}

/** The picture for the phone, the key for whoever has no camera, and the first code. */
export function Enrolment({ offer, code, error, onCode }: EnrolmentProps) {
  const words = texts.access.two_step;
  return (
    <div className="enrolment">
      <p>{words.scan}</p>
      <img src={offer.qr} alt={words.picture} width={172} height={172} />
      <p className="enrolment-key">
        {words.by_hand} <code>{grouped(offer.secret)}</code>
      </p>
      <CodeField label={words.code} value={code} error={error} onChange={onCode} />
    </div>
  );
}

interface CodeFieldProps {
  label: string;
  value: string;
  error?: string | null;
  onChange: (code: string) => void;
}

/** Phones offer the digits by themselves where they know them. */
export function CodeField({ label, value, error = null, onChange }: CodeFieldProps) {
  return (
    <TextField
      label={label}
      className="field code-field"
      inputMode="numeric"
      autoComplete="one-time-code"
      placeholder="000 000"
      maxLength={8}
      required
      autoFocus
      value={value}
      error={error}
      onChange={onChange}
    />
  );
}

/** Shown once, to be kept somewhere else. */
export function RecoveryCodeList({ codes }: { codes: readonly string[] }) {
  const [isCopied, setCopied] = useState(false);
  const words = texts.access.two_step;
  const text = codes.join('\n');
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  }
  return (
    <div className="recovery-codes">
      <ol>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="recovery-codes-actions">
        <Button icon={isCopied ? Check : Copy} onClick={() => void copy()}>
          {isCopied ? words.copied : words.copy}
        </Button>
        <Button icon={Download} onClick={() => download(text)}>
          {words.download}
        </Button>
      </div>
    </div>
  );
}

function download(text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }));
  link.download = 'engage-recovery-codes.txt';
  link.click();
  URL.revokeObjectURL(link.href);
}

const grouped = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ');
