import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Download, ImageOff } from 'lucide-react';
import { useDesk } from '../../../state/desk_context';
import { wordsFor } from '../../../state/failure';
import type { ReceivedMail } from '../../../state/mail_keeper';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { Skeleton } from '../../../ui/skeleton';
import { nameOf } from './mail_entry';

const words = texts.mail;
const base = (id: string) => `/api/v1/agent/received-mails/${encodeURIComponent(id)}`;

/** A mail as its sender made it, in a page that can do nothing; and its headers and source. */
export function OriginalDialog({ mail, onClose }: { mail: ReceivedMail; onClose: () => void }) {
  const [tab, setTab] = useState<'look' | 'headers'>(mail.has_original ? 'look' : 'headers');
  const people = mail.sender ? nameOf(mail.sender) : words.unknown_sender;
  return (
    <Dialog title={mail.subject || words.original} lead={people} size="mail" onClose={onClose}>
      <div className="mail-original">
        <div className="mail-original-bar">
          {mail.has_original && (
            <>
              <Button
                look={tab === 'look' ? 'plain' : 'quiet'}
                aria-pressed={tab === 'look'}
                onClick={() => setTab('look')}
                data-first
              >
                {words.look}
              </Button>
              <Button
                look={tab === 'headers' ? 'plain' : 'quiet'}
                aria-pressed={tab === 'headers'}
                onClick={() => setTab('headers')}
              >
                {words.headers}
              </Button>
            </>
          )}
          <a className="button button-plain" href={`${base(mail.entry_id)}/source`} download data-first>
            <Download size={15} aria-hidden />
            <span className="truncate">{words.download}</span>
          </a>
        </div>
        {tab === 'look' ? <Look mail={mail} /> : <Headers id={mail.entry_id} />}
      </div>
    </Dialog>
  );
}

function Look({ mail }: { mail: ReceivedMail }) {
  const [withPictures, setWithPictures] = useState(false);
  return (
    <>
      {mail.has_remote && (
        <p className="mail-original-privacy" role="status">
          <ImageOff size={15} aria-hidden />
          <span>{withPictures ? words.pictures_loaded : words.pictures_blocked}</span>
          {!withPictures && <Button onClick={() => setWithPictures(true)}>{words.load_pictures}</Button>}
        </p>
      )}
      {/* Its own policy forbids everything too; this holds even where the answer were another one. */}
      <iframe
        key={String(withPictures)}
        className="mail-original-frame"
        title={words.frame}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        src={`${base(mail.entry_id)}/original${withPictures ? '?pictures=true' : ''}`}
      />
    </>
  );
}

function Headers({ id }: { id: string }) {
  const { api } = useDesk();
  const mail = useQuery({
    queryKey: ['received_mail', id],
    queryFn: () => api.get('/api/v1/agent/received-mails/{entry_id}', { path: { entry_id: id } }),
  });
  if (mail.isPending) return <Skeleton shape="facts" />;
  if (mail.isError) return <p className="mail-entry-failed">{wordsFor(mail.error)}</p>;
  return (
    <dl className="mail-original-headers" tabIndex={0} dir="ltr">
      {mail.data.headers.map(([name, value], at) => (
        <div key={at}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
