import { useId, useState } from 'react';
import type { LoadedConversation } from '../../../state/conversation';
import { useDesk } from '../../../state/desk_context';
import { useValue } from '../../../state/store';
import { texts } from '../../../texts';
import { AddressField } from './address_field';
import type { AddressList } from './addresses';
import { SuppressedWarning } from './suppressed_warning';
import { useMailFrame } from './use_mail_frame';
import './mail_composer.css';

const words = texts.mail_composer;

/** To whom the answer goes, who gets a copy, and under which words. */
export function MailFields({ view }: { view: LoadedConversation }) {
  const { id } = view.facts.conversation;
  const frame = useMailFrame(view);
  const to = frame ? frame.to : view.facts.visitor.email;
  const store = useDesk().postings(id);
  const posting = useValue(store);
  const [shows, setShows] = useState(false);
  const offered = (frame?.participants ?? []).map(({ address }) => address);
  const { typed } = posting;
  const hasBcc = shows || posting.cc.length > 0 || posting.bcc.length > 0 || typed.bcc.text !== '';
  const hasCc = hasBcc || offered.length > 0 || typed.cc.text !== '';
  const write = (field: 'cc' | 'bcc', list: AddressList) =>
    store.update((now) => ({
      ...now,
      [field]: list.addresses,
      typed: { ...now.typed, [field]: list.typed },
    }));
  return (
    <div className="mail-fields">
      <div className="mail-field">
        <span className="mail-field-label">{texts.mail.to}</span>
        <span className="mail-field-to truncate">
          <bdi>{to ?? texts.composer.leaves_as_mail_unknown}</bdi>
        </span>
        {!hasCc && (
          <button type="button" className="mail-field-more" onClick={() => setShows(true)}>
            {words.add_copies}
          </button>
        )}
      </div>
      {hasCc && (
        <AddressField
          label={texts.mail.cc}
          list={{ addresses: posting.cc, typed: typed.cc }}
          offered={offered}
          autoFocus={shows}
          onChange={(list) => write('cc', list)}
        />
      )}
      {hasBcc && (
        <AddressField
          label={texts.mail.bcc}
          list={{ addresses: posting.bcc, typed: typed.bcc }}
          onChange={(list) => write('bcc', list)}
        />
      )}
      <SubjectField
        usual={frame?.subject ?? ''}
        typed={posting.subject}
        onChange={(subject) => store.update((now) => ({ ...now, subject }))}
      />
      <SuppressedWarning
        conversationId={id}
        addresses={[...(to ? [to] : []), ...posting.cc, ...posting.bcc]}
      />
    </div>
  );
}

interface SubjectProps {
  /** That of the conversation. */
  usual: string;
  typed: string | null;
  onChange: (subject: string | null) => void;
}

function SubjectField({ usual, typed, onChange }: SubjectProps) {
  const id = useId();
  return (
    <div className="mail-field">
      <label htmlFor={id}>{texts.tickets.composer.subject}</label>
      <input
        id={id}
        type="text"
        className="mail-subject-input"
        maxLength={300}
        dir="auto"
        value={typed ?? usual}
        placeholder={usual}
        onChange={(event) => onChange(event.target.value === usual ? null : event.target.value)}
      />
    </div>
  );
}
