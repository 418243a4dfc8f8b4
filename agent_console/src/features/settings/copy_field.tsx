import { useState } from 'react';
import { Check, Copy } from 'lucide-react';
import { texts } from '../../texts';
import { Button } from '../../ui/button';

/** A text to be taken elsewhere, as it is. */
export function CopyField({ label, text }: { label: string; text: string }) {
  const [isCopied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  }
  return (
    <div className="copy-field">
      <code aria-label={label} dir="ltr">
        {text}
      </code>
      <Button icon={isCopied ? Check : Copy} onClick={() => void copy()}>
        {isCopied ? texts.settings.copied : texts.settings.copy}
      </Button>
    </div>
  );
}
