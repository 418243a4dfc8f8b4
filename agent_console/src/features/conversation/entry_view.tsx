import { memo } from 'react';
import { ArrowRightLeft, BookOpen, ClipboardList, Phone, Star } from 'lucide-react';
import { formWords, type Entry, type FormField, type StateDetails } from '@engage/client';
import { useDesk } from '../../state/desk_context';
import { isNewSubject, noMails, type MailRow } from '../../state/mail_keeper';
import { useStore } from '../../state/store';
import { texts, voice } from '../../texts';
import { ClockTime } from '../../ui/time';
import { Bubble } from './bubble';
import { callWords, stateWords, transferWords, type CallDetails, type TransferDetails } from './entry_words';
import { DeliveryLine } from './mail/delivery_line';
import { EntryMenu } from './mail/entry_menu';
import { ForwardEntry } from './mail/forward_entry';
import { MailEntry } from './mail/mail_entry';
import { TakeApart } from './take_apart';
import { SplitLine } from './split_line';
import { RichText } from './rich_text';
import type { DeliveryMark } from './rows';
import './entry_view.css';

interface EntryViewProps {
  entry: Entry;
  starts: boolean;
  ends: boolean;
  mark: DeliveryMark | null;
  myId: string;
}

export const EntryView = memo(function EntryView({ entry, starts, ends, mark, myId }: EntryViewProps) {
  const { details } = entry;
  switch (details.type) {
    case 'plain':
    case 'note':
      return (
        <SaidEntry
          entry={entry}
          names={details.type === 'note' ? details.mentions.map((one) => one.name) : []}
          starts={starts}
          ends={ends}
          mark={mark}
          myId={myId}
        />
      );
    case 'form':
      return <FormEntry entry={entry} fields={details.fields} />;
    case 'article':
      return <ArticleEntry entry={entry} title={details.title} />;
    case 'state':
      return <StateLine entry={entry} details={details} />;
    case 'call':
      return <CallLine entry={entry} details={details} />;
    case 'forward':
      return <ForwardEntry entry={entry} details={details} />;
    case 'split':
      return <SplitLine entry={entry} details={details} />;
    case 'transfer':
      return <TransferLine entry={entry} details={details} />;
  }
});

/** Words of somebody: as they came by mail, or as a bubble, which says where its own mail stands. */
function SaidEntry({
  entry,
  names,
  starts,
  ends,
  mark,
  myId,
}: EntryViewProps & { names: readonly string[] }) {
  const { mails } = useDesk();
  const known = useStore(mails.store, (all) => all.get(entry.conversation_id) ?? noMails);
  const received = known.received.get(entry.id);
  if (received) {
    return <MailEntry entry={entry} mail={received} isNewSubject={isNewSubject(known, entry.id)} />;
  }
  const sent = known.sent.get(entry.id);
  return (
    <Bubble
      kind={entry.kind === 'note' ? 'note' : 'message'}
      side={entry.author.kind === 'visitor' ? 'theirs' : 'mine'}
      author={entry.author}
      isMe={entry.author.id === myId}
      text={entry.text}
      html={entry.details.type === 'plain' ? entry.details.html : null}
      names={names}
      attachments={entry.attachments}
      starts={starts}
      ends={ends}
      isFaint={sent?.state === 'withdrawn'}
      foot={<BubbleFoot entry={entry} mark={mark} sent={sent} />}
    />
  );
}

function BubbleFoot({
  entry,
  mark,
  sent,
}: {
  entry: Entry;
  mark: DeliveryMark | null;
  sent?: MailRow | undefined;
}) {
  return (
    <>
      <ClockTime at={entry.created_at} />
      {sent ? (
        <>
          <DeliveryLine mail={sent} />
          {sent.left_at !== null && <EntryMenu entry={entry} subject={sent.subject} />}
        </>
      ) : (
        mark && <span className={`delivery delivery-${mark}`}>{texts.conversation[mark]}</span>
      )}
    </>
  );
}

function FormEntry({ entry, fields }: { entry: Entry; fields: FormField[] }) {
  return (
    <div className="entry-card">
      <p className="entry-card-title">
        <ClipboardList size={14} aria-hidden />
        {texts.conversation.form}
        <ClockTime at={entry.created_at} />
      </p>
      <dl className="entry-fields">
        {fields.map((field) => {
          const { label, answer } = formWords(field, voice.locale);
          return (
            <div key={field.key}>
              <dt dir="auto">{label}</dt>
              <dd dir="auto">{answer}</dd>
            </div>
          );
        })}
      </dl>
      {entry.text && (
        <p className="entry-card-text">
          <RichText text={entry.text} />
        </p>
      )}
    </div>
  );
}

function ArticleEntry({ entry, title }: { entry: Entry; title: string }) {
  const isSent = entry.author.kind === 'agent';
  return (
    <div className="entry-card entry-article" data-side={isSent ? 'mine' : 'theirs'}>
      <p className="entry-card-title">
        <BookOpen size={14} aria-hidden />
        {isSent ? texts.conversation.article_sent : texts.conversation.article_read}
        <ClockTime at={entry.created_at} />
      </p>
      <p className="entry-article-title">{title}</p>
      {entry.text && (
        <p className="entry-card-text">
          <RichText text={entry.text} />
        </p>
      )}
    </div>
  );
}

function StateLine({ entry, details }: { entry: Entry; details: StateDetails }) {
  // What the visitor said with his rating, or the agent with his wrap-up.
  const quote = details.comment || entry.text;
  return (
    <p className="entry-line">
      {details.state === 'rated' && <Stars score={details.score ?? 0} />}
      <span>{stateWords(details, entry.author)}</span>
      <ClockTime at={entry.created_at} />
      {details.merge_id && <TakeApart entry={entry} mergeId={details.merge_id} />}
      {quote && (
        <q className="entry-line-quote" dir="auto">
          {quote}
        </q>
      )}
    </p>
  );
}

function Stars({ score }: { score: number }) {
  return (
    <span className="stars" aria-hidden>
      {[1, 2, 3, 4, 5].map((at) => (
        <Star key={at} size={13} data-full={at <= score} />
      ))}
    </span>
  );
}

function CallLine({ entry, details }: { entry: Entry; details: CallDetails }) {
  return (
    <p className="entry-line">
      <Phone size={13} aria-hidden />
      <span>{callWords(details)}</span>
      <ClockTime at={entry.created_at} />
    </p>
  );
}

function TransferLine({ entry, details }: { entry: Entry; details: TransferDetails }) {
  return (
    <p className="entry-line">
      <ArrowRightLeft size={13} aria-hidden />
      <span>{transferWords(details)}</span>
      <ClockTime at={entry.created_at} />
    </p>
  );
}
