import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { KeyRound } from 'lucide-react';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { DialogForm } from '../../../ui/dialog_form';
import { SelectField, TextField } from '../../../ui/form';
import { Tick } from '../../../ui/tick';
import { CopyField } from '../copy_field';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import { AliasFields } from './alias_fields';
import { ConsentFields } from './consent_fields';
import {
  formFor,
  formOf,
  KINDS,
  kindOf,
  mailboxesKey,
  type Kind,
  type Mailbox,
  type Mailboxes,
} from './mailbox_kinds';
import { ServerFields } from './server_fields';
import { SignInTrial } from './sign_in_trial';

const words = texts.mailboxes;

interface MailboxDialogProps {
  siteId: string;
  /** None is a new one. */
  box: Mailbox | null;
  all: Mailboxes;
  onClose: () => void;
}

/** First where the mailbox is, then what that takes. */
export function MailboxDialog({ siteId, box, all, onClose }: MailboxDialogProps) {
  const [kind, setKind] = useState<Kind | null>(box && kindOf(box));
  return (
    <Dialog title={box ? texts.settings.edit(box.name) : words.add} size="wide" onClose={onClose}>
      {kind === null ? (
        <KindList onChoose={setKind} />
      ) : (
        <MailboxFields
          key={kind}
          kind={kind}
          siteId={siteId}
          box={box}
          all={all}
          onBack={box ? null : () => setKind(null)}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

function KindList({ onChoose }: { onChoose: (kind: Kind) => void }) {
  return (
    <div className="mailbox-choice">
      <p className="field-label">{words.choose_kind}</p>
      <div className="mailbox-kinds">
        {KINDS.map(({ kind, icon: Icon }, at) => (
          <button
            key={kind}
            type="button"
            data-first={at === 0 || undefined}
            // Also for who comes back from the fields.
            autoFocus={at === 0}
            onClick={() => onChoose(kind)}
          >
            <Icon size={20} aria-hidden />
            <strong>{words.kinds[kind]}</strong>
            <small>{words.kind_hints[kind]}</small>
          </button>
        ))}
      </div>
    </div>
  );
}

interface MailboxFieldsProps extends MailboxDialogProps {
  kind: Kind;
  onBack: (() => void) | null;
}

function MailboxFields({ kind, siteId, box, all, onBack, onClose }: MailboxFieldsProps) {
  const { api } = useDesk();
  const form = useForm(box ? formOf(box) : formFor(kind, all));
  const { value, change, errors } = form;
  const [thenConsent, setThenConsent] = useState(false);
  // One whose consent could not be asked for is stored already: the next try changes it.
  const stored = useRef(box?.id);
  const send = () =>
    stored.current
      ? api.put('/api/v1/admin/mailboxes/{mailbox_id}', value, { path: { mailbox_id: stored.current } })
      : api.post('/api/v1/admin/sites/{site_id}/mailboxes', value, { path: { site_id: siteId } });
  const save = useChange(
    async () => {
      const saved = await send();
      stored.current = saved.id;
      if (!thenConsent) return null;
      const path = { mailbox_id: saved.id };
      return (await api.post('/api/v1/admin/mailboxes/{mailbox_id}/consent', undefined, { path })).url;
    },
    {
      refresh: [mailboxesKey(siteId)],
      onDone: (url) => {
        // Nothing is unsaved any more, and the browser must not ask.
        flushSync(onClose);
        if (url) location.assign(url);
      },
    },
  );
  const isRead = value.protocol === 'imap';
  const submit = () => save.mutate(undefined, { onError: form.refused });
  return (
    <DialogForm
      isReady={value.name.trim() !== '' && value.address.trim() !== ''}
      isBusy={save.isPending}
      confirm={thenConsent ? words.save_consent : texts.settings.save}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="form-pair">
        <TextField
          label={words.name}
          hint={words.name_hint}
          autoFocus
          maxLength={100}
          required
          value={value.name}
          error={errors.name}
          onChange={(name) => change({ name })}
        />
        <TextField
          label={words.address}
          hint={words.address_hint}
          type="email"
          maxLength={320}
          required
          value={value.address}
          error={errors.address}
          onChange={(address) => change({ address })}
        />
      </div>
      <SelectField
        label={words.queue}
        value={value.queue_id}
        error={errors.queue_id}
        options={all.queues.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(queue_id) => change({ queue_id })}
      />
      {isRead && <ServerFields form={form} box={box} />}
      {isRead && value.auth === 'oauth' && (
        <>
          <ConsentFields form={form} box={box} redirectUri={all.redirect_uri} />
          <div className="mailbox-then">
            <Tick on={thenConsent} onChange={setThenConsent}>
              <KeyRound size={14} aria-hidden />
              {words.give_consent}
            </Tick>
          </div>
        </>
      )}
      {!isRead && <Handover address={value.address} />}
      <details className="mailbox-more">
        <summary>{words.more}</summary>
        <AliasFields
          aliases={value.aliases}
          error={errors.aliases}
          queues={all.queues}
          onChange={(aliases) => change({ aliases })}
        />
        {isRead && (
          <div className="form-pair">
            <TextField
              label={words.folder}
              maxLength={255}
              required
              value={value.folder}
              error={errors.folder}
              onChange={(folder) => change({ folder })}
            />
            <TextField
              label={words.done_folder}
              hint={words.done_folder_hint}
              maxLength={255}
              value={value.done_folder}
              error={errors.done_folder}
              onChange={(done_folder) => change({ done_folder })}
            />
          </div>
        )}
        <TextField
          label={words.authserv_id}
          hint={words.authserv_id_hint}
          maxLength={255}
          value={value.authserv_id}
          error={errors.authserv_id}
          onChange={(authserv_id) => change({ authserv_id })}
        />
      </details>
      {isRead && <SignInTrial siteId={siteId} box={box} mailbox={value} />}
      {onBack && (
        <div className="mailbox-acts">
          <Button look="quiet" onClick={onBack}>
            {words.change_kind}
          </Button>
        </div>
      )}
    </DialogForm>
  );
}

/** What a mail server of one's own is told, so that it hands the mails over. */
function Handover({ address }: { address: string }) {
  const shown = address.trim() || 'support@example.com';
  return (
    <section className="mailbox-handover">
      <p className="form-hint">{words.postfix_lead}</p>
      <CopyField
        label={words.postfix_lead}
        text={`# /etc/postfix/transport\n${shown}  lmtp:inet:[${location.hostname}]:24`}
      />
      <p className="form-hint">{words.pipe_lead}</p>
      <CopyField
        label={words.pipe_lead}
        text={`# /etc/aliases\n${shown.split('@')[0] ?? ''}: "|engage mail deliver ${shown}"`}
      />
    </section>
  );
}
