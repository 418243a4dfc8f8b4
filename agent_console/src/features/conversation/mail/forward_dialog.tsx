import { useState } from 'react';
import type { Entry } from '@engage/client';
import { newClientId } from '@engage/client';
import { useConversation, useDesk } from '../../../state/desk_context';
import { wordsFor } from '../../../state/failure';
import { noMails } from '../../../state/mail_keeper';
import { nothingTyped } from '../../../state/postings';
import { useStore } from '../../../state/store';
import { texts, voice } from '../../../texts';
import { Dialog } from '../../../ui/dialog';
import { DialogForm } from '../../../ui/dialog_form';
import { fileSize } from '../../../ui/file_size';
import { AreaField, TextField } from '../../../ui/form';
import { TickList } from '../../../ui/tick_list';
import { RichText } from '../rich_text';
import { AddressField } from './address_field';
import { takenIn, type AddressList } from './addresses';
import { SuppressedWarning } from './suppressed_warning';
import './mail_composer.css';

const words = texts.tickets.forward;
const AHEAD = /^\s*(?:(?:re|aw|fwd?|wg|sv|antw|r)\s*:\s*)+/i;
const REFERENCE = /\s*\[[^[\]#]{1,60} #\d{1,12}\]/g;

/** Our number would lead the answer back into this conversation. */
const forwarded = (subject: string) => `Fwd: ${subject.replace(AHEAD, '').replace(REFERENCE, '').trim()}`;

interface ForwardDialogProps {
  entry: Entry;
  subject: string;
  onClose: () => void;
}

/** A message is passed on: to whom, under which words, with which of its files. */
export function ForwardDialog({ entry, subject: said, onClose }: ForwardDialogProps) {
  const { api, notices, hear } = useDesk();
  const id = entry.conversation_id;
  const [list, setList] = useState<AddressList>({ addresses: [], typed: nothingTyped });
  const [isMissing, setMissing] = useState(false);
  const [subject, setSubject] = useState(said ? forwarded(said) : '');
  const [text, setText] = useState('');
  const [files, setFiles] = useState(() => entry.attachments.map((file) => file.id));
  const [isBusy, setBusy] = useState(false);
  const [clientId] = useState(newClientId);

  async function submit(): Promise<void> {
    const taken = takenIn(list);
    setList(taken);
    if (taken.typed.isWrong) return notices.say(texts.mail_composer.not_sent(taken.typed.text), 'bad');
    const to = [...taken.addresses];
    if (to.length === 0) return setMissing(true);
    setBusy(true);
    const form = {
      client_id: clientId,
      entry_id: entry.id,
      to,
      subject: subject.trim() || null,
      text,
      attachment_ids: files,
    };
    try {
      const path = { conversation_id: id };
      const line = await api.post('/api/v1/agent/conversations/{conversation_id}/forward', form, { path });
      onClose();
      hear({ type: 'entry_added', conversation_id: id, entry: line });
      notices.say(words.done(new Intl.ListFormat(voice.locale).format(to)));
    } catch (failure) {
      notices.say(wordsFor(failure), 'bad');
      setBusy(false);
    }
  }

  return (
    <Dialog title={words.title} lead={words.lead} size="wide" onClose={onClose}>
      <DialogForm confirm={words.confirm} isBusy={isBusy} onSubmit={() => void submit()} onClose={onClose}>
        <div className="forward-to">
          <AddressField
            label={words.to}
            list={list}
            autoFocus
            onChange={(next) => {
              setList(next);
              setMissing(false);
            }}
          />
        </div>
        {isMissing && (
          <p className="mail-field-wrong" role="alert">
            {words.nobody}
          </p>
        )}
        <SuppressedWarning conversationId={id} addresses={list.addresses} />
        <TextField
          label={words.subject}
          placeholder={words.same_subject}
          maxLength={300}
          value={subject}
          onChange={setSubject}
        />
        <AreaField label={words.text} rows={3} maxLength={10_000} value={text} onChange={setText} />
        <Files entry={entry} chosen={files} onChange={setFiles} />
        <details className="forward-whole">
          <summary>{words.whole}</summary>
          <div>
            <RichText text={entry.text} />
          </div>
        </details>
      </DialogForm>
    </Dialog>
  );
}

interface FilesProps {
  entry: Entry;
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}

function Files({ entry, chosen, onChange }: FilesProps) {
  if (entry.attachments.length === 0) return null;
  const items = entry.attachments.map(({ id, name, size }) => ({
    id,
    name: (
      <>
        <span className="truncate" dir="auto">
          {name}
        </span>
        <small className="numbers">{fileSize(size)}</small>
      </>
    ),
  }));
  return <TickList label={words.files} items={items} chosen={chosen} onChange={onChange} />;
}

/** The customer's newest message, when nothing else was chosen. */
export function ForwardNewest({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const { mails } = useDesk();
  const view = useConversation(conversationId);
  const known = useStore(mails.store, (all) => all.get(conversationId) ?? noMails);
  const entry = view?.timeline.entries.findLast(
    (one) => one.kind === 'message' && one.author.kind === 'visitor',
  );
  if (!view || !entry) return null;
  const subject = known.received.get(entry.id)?.subject ?? view.facts.conversation.topic;
  return <ForwardDialog entry={entry} subject={subject} onClose={onClose} />;
}
