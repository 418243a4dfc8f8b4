import { useState, type RefObject } from 'react';
import { Bold, Italic, Link, List, ListOrdered, Quote } from 'lucide-react';
import { texts } from '../../../texts';
import { IconButton } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { DialogForm } from '../../../ui/dialog_form';
import { TextField } from '../../../ui/form';
import type { Form, RichHandle } from './rich_handle';

const words = texts.mail_composer;
const FORMS = [
  { form: 'strong', icon: Bold, shortcut: 'Mod+B' },
  { form: 'em', icon: Italic, shortcut: 'Mod+I' },
  { form: 'bullets', icon: List, shortcut: 'Mod+Shift+8' },
  { form: 'numbers', icon: ListOrdered, shortcut: 'Mod+Shift+7' },
  { form: 'quote', icon: Quote, shortcut: 'Mod+Shift+9' },
] as const;

/** The form of what is written; all of it has a key too. */
export function RichToolbar({ editor }: { editor: RefObject<RichHandle | null> }) {
  const [isLinking, setLinking] = useState(false);
  return (
    <div className="rich-toolbar" role="toolbar" aria-label={words.form}>
      {FORMS.map(({ form, icon, shortcut }) => (
        <IconButton
          key={form}
          icon={icon}
          label={words.forms[form]}
          shortcut={shortcut}
          side="top"
          // The words stay selected.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => editor.current?.form(form)}
        />
      ))}
      <IconButton
        icon={Link}
        label={words.forms.link}
        side="top"
        onClick={() => (editor.current?.has('link') ? editor.current.form('link', '') : setLinking(true))}
      />
      {isLinking && (
        <LinkDialog onLink={(href) => editor.current?.form('link', href)} onClose={() => setLinking(false)} />
      )}
    </div>
  );
}

function LinkDialog({ onLink, onClose }: { onLink: (href: string) => void; onClose: () => void }) {
  const [address, setAddress] = useState('');
  const href = wholeAddress(address);
  return (
    <Dialog title={words.forms.link} onClose={onClose}>
      <DialogForm
        confirm={words.set_link}
        isReady={href !== null}
        isBusy={false}
        onSubmit={() => {
          onClose();
          if (href) onLink(href);
        }}
        onClose={onClose}
      >
        <TextField
          label={words.link_address}
          placeholder="https://"
          inputMode="url"
          maxLength={2000}
          value={address}
          onChange={setAddress}
        />
      </DialogForm>
    </Dialog>
  );
}

/** Only addresses that a person may follow; one without its beginning gets it. */
export function wholeAddress(typed: string): string | null {
  const text = typed.trim();
  if (text === '' || /\s/.test(text)) return null;
  const whole = /^[a-z][a-z+.-]*:/i.test(text) ? text : `https://${text}`;
  return /^(https?:\/\/[^/]|mailto:.|tel:.)/i.test(whole) ? whole : null;
}

export type { Form };
