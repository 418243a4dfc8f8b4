import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, CloudOff, RotateCw } from 'lucide-react';
import type { Mail } from '@engage/client/src/agent';
import { useDesk } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';
import { texts } from '../../texts';
import { Button, IconButton } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Skeleton } from '../../ui/skeleton';
import { exactTime } from '../../ui/time_words';
import { MailFrame } from './mail_frame';
import { MailStateMark } from './mails_page';

export function MailPane({ id }: { id: string }) {
  const { door } = useDesk();
  const mail = useQuery({ queryKey: ['mail', id], queryFn: () => door.mail(id) });
  if (mail.isPending) return <Skeleton shape="facts" />;
  if (mail.isError) {
    return (
      <Empty icon={CloudOff} title={texts.mails.failed} hint={wordsFor(mail.error)}>
        <Button onClick={() => void mail.refetch()}>{texts.retry}</Button>
      </Empty>
    );
  }
  return <OpenMail mail={mail.data} />;
}

function OpenMail({ mail }: { mail: Mail }) {
  const { router } = useDesk();
  const [look, setLook] = useState<'html' | 'text'>(mail.html ? 'html' : 'text');
  return (
    <>
      <header className="mail-header">
        <IconButton
          className="mail-back"
          icon={ArrowLeft}
          label={texts.back}
          onClick={() => router.go({ page: 'mails', mail_id: null })}
        />
        <div className="mail-header-words">
          <h1 dir="auto">{mail.subject}</h1>
          <dl>
            <dt>{texts.mails.from}</dt>
            <dd>{mail.sender}</dd>
            <dt>{texts.mails.to}</dt>
            <dd>{mail.to}</dd>
          </dl>
        </div>
        <div className="mail-header-side">
          <MailStateMark state={mail.state} />
          <time className="numbers" dateTime={mail.created_at}>
            {exactTime(mail.created_at)}
          </time>
        </div>
      </header>
      {mail.state === 'dead' && <NotDelivered mail={mail} />}
      {mail.html && (
        <div className="mail-looks">
          <Button
            look={look === 'html' ? 'plain' : 'quiet'}
            aria-pressed={look === 'html'}
            onClick={() => setLook('html')}
          >
            {texts.mails.html}
          </Button>
          <Button
            look={look === 'text' ? 'plain' : 'quiet'}
            aria-pressed={look === 'text'}
            onClick={() => setLook('text')}
          >
            {texts.mails.text}
          </Button>
        </div>
      )}
      {mail.html && look === 'html' ? (
        <MailFrame html={mail.html} />
      ) : (
        <pre className="mail-text" dir="auto" tabIndex={0}>
          {mail.text}
        </pre>
      )}
    </>
  );
}

function NotDelivered({ mail }: { mail: Mail }) {
  const { door, notices } = useDesk();
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  async function retry(): Promise<void> {
    setBusy(true);
    try {
      await door.retryMail(mail.id);
      notices.say(texts.mails.retried);
      await queries.invalidateQueries({ queryKey: ['mails'] });
      await queries.invalidateQueries({ queryKey: ['mail', mail.id] });
    } catch (failure) {
      notices.say(wordsFor(failure), 'bad');
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className="mail-failure">
      <div>
        <strong>{texts.mails.error}</strong>
        <p>{texts.mail_servers(mail.last_error ?? '')}</p>
        <p className="numbers">{texts.mails.attempts(mail.attempts)}</p>
      </div>
      <Button look="primary" icon={RotateCw} disabled={isBusy} onClick={() => void retry()}>
        {texts.mails.retry}
      </Button>
    </div>
  );
}
