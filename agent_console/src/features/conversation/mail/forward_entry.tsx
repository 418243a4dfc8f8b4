import { Forward, Paperclip } from 'lucide-react';
import type { Details, Entry } from '@engage/client';
import { useDesk } from '../../../state/desk_context';
import { noMails } from '../../../state/mail_keeper';
import { useStore } from '../../../state/store';
import { texts, voice } from '../../../texts';
import { ClockTime } from '../../../ui/time';
import { RichText } from '../rich_text';
import { DeliveryLine } from './delivery_line';

const words = texts.tickets.forward;
type ForwardDetails = Extract<Details, { type: 'forward' }>;

/** To whom a message was passed on, with what words and files, and whether it arrived; for agents only. */
export function ForwardEntry({ entry, details }: { entry: Entry; details: ForwardDetails }) {
  const { mails } = useDesk();
  const sent = useStore(mails.store, (all) => (all.get(entry.conversation_id) ?? noMails).sent.get(entry.id));
  const names = (list: readonly string[]) => new Intl.ListFormat(voice.locale).format(list);
  return (
    <div className="entry-card forward-entry" data-side="mine" data-gone={sent?.state === 'withdrawn'}>
      <p className="entry-card-title">
        <Forward size={14} aria-hidden />
        <span>{words.entry(entry.author.name, names(details.to))}</span>
        <ClockTime at={entry.created_at} />
      </p>
      <p className="forward-entry-subject" dir="auto">
        {details.subject}
      </p>
      {entry.text && (
        <p className="entry-card-text">
          <RichText text={entry.text} />
        </p>
      )}
      {details.files.length > 0 && (
        <p className="forward-entry-files">
          <Paperclip size={13} aria-hidden />
          <span dir="auto">{words.with_files(names(details.files))}</span>
        </p>
      )}
      {sent && (
        <p className="forward-entry-foot">
          <DeliveryLine mail={sent} />
        </p>
      )}
    </div>
  );
}
