import { useState } from 'react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { wordsFor } from '../../../state/failure';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { DialogForm } from '../../../ui/dialog_form';
import { SelectField, TextField } from '../../../ui/form';
import { TickList } from '../../../ui/tick_list';
import { CopyField } from '../copy_field';
import { useChange } from '../use_change';
import { keysKey } from './keys_page';

type Scope = components['schemas']['KeyRow']['scopes'][number];
type Expiry = keyof typeof texts.access.keys.expiries;
const words = texts.access.keys;
const SCOPES = Object.keys(words.scope_names) as Scope[];
const DAYS: Record<Expiry, number | null> = { never: null, month: 30, quarter: 90, year: 365 };

function expiresAt(expiry: Expiry): string | null {
  const days = DAYS[expiry];
  return days === null ? null : new Date(Date.now() + days * 86_400_000).toISOString();
}

export function KeyDialog({ siteId, onClose }: { siteId: string; onClose: () => void }) {
  const { api } = useDesk();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<Scope[]>([]);
  const [expiry, setExpiry] = useState<Expiry>('year');
  const [key, setKey] = useState<string | null>(null);
  const make = useChange(
    () =>
      api.post(
        '/api/v1/admin/sites/{site_id}/keys',
        { name: name.trim(), scopes, expires_at: expiresAt(expiry) },
        { path: { site_id: siteId } },
      ),
    { refresh: [keysKey(siteId)], quiet: true, onDone: (made: { key: string }) => setKey(made.key) },
  );
  if (key) return <MadeDialog secret={key} onClose={onClose} />;
  return (
    <Dialog title={words.add_title} onClose={onClose}>
      <DialogForm
        confirm={words.make}
        isReady={name.trim() !== '' && scopes.length > 0}
        isBusy={make.isPending}
        onSubmit={() => make.mutate(undefined)}
        onClose={onClose}
      >
        <TextField
          label={words.name}
          placeholder={words.name_placeholder}
          maxLength={100}
          required
          value={name}
          error={make.error ? wordsFor(make.error) : null}
          onChange={setName}
        />
        <TickList
          label={words.scopes}
          items={SCOPES.map((scope) => ({ id: scope, name: words.scope_names[scope] }))}
          chosen={scopes}
          onChange={setScopes}
        />
        <SelectField
          label={words.expires}
          value={expiry}
          options={(Object.keys(DAYS) as Expiry[]).map((one) => ({ value: one, label: words.expiries[one] }))}
          onChange={setExpiry}
        />
      </DialogForm>
    </Dialog>
  );
}

function MadeDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Dialog title={words.made_title} lead={words.made_lead} onClose={onClose}>
      <div className="dialog-form">
        <CopyField label={words.key} text={secret} />
        <footer className="dialog-footer">
          <Button look="primary" data-first onClick={onClose}>
            {texts.access.people.done}
          </Button>
        </footer>
      </div>
    </Dialog>
  );
}
