import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { FileSignature, LockKeyhole, TriangleAlert } from 'lucide-react';
import type { Entry } from '@engage/client';
import { useDesk } from '../../../state/desk_context';
import type { ReceivedMail } from '../../../state/mail_keeper';
import { wordsFor } from '../../../state/failure';
import { texts } from '../../../texts';
import { Avatar } from '../../../ui/avatar';
import { ClockTime } from '../../../ui/time';
import { Attachments } from '../attachments';
import { RichText } from '../rich_text';
import { EntryMenu } from './entry_menu';
import { InvitationCard } from './invitation_card';
import { OriginalDialog } from './original_dialog';
import './mail_entry.css';

const words = texts.mail;

type Person = NonNullable<ReceivedMail['sender']>;
/** Signs that turn the direction of what follows: in a name they would make another address of the one behind it. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;
export const nameOf = ({ name, address }: Person) =>
  name && name !== address ? `${name.replace(TURNS, '')} <${address}>` : address;
/** Our own addresses bear a token, which nobody needs to read. */
const shortName = ({ name, address }: Person) => name || address.replace(/\+r\.[^@]+@/, '@');

interface MailEntryProps {
  entry: Entry;
  mail: ReceivedMail;
  /** It is not what was written under before. */
  isNewSubject: boolean;
}

/** A mail that came: who wrote to whom, what is new in it, and all the rest when it is asked for. */
export function MailEntry({ entry, mail, isNewSubject }: MailEntryProps) {
  const [showsQuoted, setShowsQuoted] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const { sender } = mail;
  return (
    <article className="mail-entry">
      <header className="mail-entry-head">
        <Avatar name={sender ? shortName(sender) : '?'} picture={entry.author.picture} size={32} />
        <div>
          <p className="mail-entry-from">
            <strong dir="auto">{sender ? shortName(sender) : words.unknown_sender}</strong>
            {sender?.name && <bdi className="mail-entry-address">{sender.address}</bdi>}
          </p>
          <p className="mail-entry-to">
            {mail.to.length > 0 && (
              <bdi title={mail.to.map(nameOf).join(', ')}>
                {words.to_line(mail.to.map(shortName).join(', '))}
              </bdi>
            )}
            {mail.cc.length > 0 && (
              <bdi title={mail.cc.map(nameOf).join(', ')}>
                {words.cc_line(mail.cc.map(shortName).join(', '))}
              </bdi>
            )}
          </p>
        </div>
        <ClockTime at={entry.created_at} />
        <EntryMenu entry={entry} subject={mail.subject} />
      </header>
      {isNewSubject && mail.subject && (
        <p className="mail-entry-subject" dir="auto">
          {mail.subject}
        </p>
      )}
      <Flags mail={mail} />
      <div className="mail-entry-text">
        {showsQuoted ? <WholeText entry={entry} /> : entry.text && <RichText text={entry.text} />}
        <Attachments of={entry.attachments} />
      </div>
      {mail.invitation && <InvitationCard invitation={mail.invitation} />}
      <footer className="mail-entry-foot">
        {mail.has_quotes && (
          <button type="button" aria-expanded={showsQuoted} onClick={() => setShowsQuoted(!showsQuoted)}>
            {showsQuoted ? words.hide_quoted : words.show_quoted}
          </button>
        )}
        <button type="button" onClick={() => setOpen(true)}>
          {words.original}
        </button>
      </footer>
      {isOpen && <OriginalDialog mail={mail} onClose={() => setOpen(false)} />}
    </article>
  );
}

function Flags({ mail }: { mail: ReceivedMail }) {
  if (mail.flags.length === 0 && mail.faults.length === 0 && !mail.is_encrypted && !mail.is_signed)
    return null;
  return (
    <ul className="mail-entry-flags">
      {mail.flags.map((flag) => (
        <li key={flag} data-tone="warn">
          <TriangleAlert size={13} aria-hidden />
          {words.flags[flag]}
        </li>
      ))}
      {mail.faults.map((fault) => (
        <li key={fault} data-tone="warn">
          <TriangleAlert size={13} aria-hidden />
          {fault}
        </li>
      ))}
      {mail.is_encrypted && (
        <li>
          <LockKeyhole size={13} aria-hidden />
          {words.encrypted}
        </li>
      )}
      {mail.is_signed && (
        <li>
          <FileSignature size={13} aria-hidden />
          {words.signed}
        </li>
      )}
    </ul>
  );
}

/** All that was written, what is repeated in a quieter tone. */
function WholeText({ entry }: { entry: Entry }) {
  const { api } = useDesk();
  const whole = useQuery({
    queryKey: ['received_mail', entry.id],
    queryFn: () => api.get('/api/v1/agent/received-mails/{entry_id}', { path: { entry_id: entry.id } }),
  });
  if (whole.isError) return <p className="mail-entry-failed">{wordsFor(whole.error)}</p>;
  if (!whole.data) return <RichText text={entry.text} />;
  return (
    <>
      {whole.data.parts.map((part, at) =>
        part.quoted ? (
          <blockquote key={at}>
            <RichText text={part.text} />
          </blockquote>
        ) : (
          <RichText key={at} text={part.text} />
        ),
      )}
    </>
  );
}
