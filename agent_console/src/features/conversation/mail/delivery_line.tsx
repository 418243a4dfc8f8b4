import { useState } from 'react';
import { CircleAlert, Clock, MailCheck, Undo2 } from 'lucide-react';
import { serverNow, useNow } from '../../../state/clock';
import { useDesk } from '../../../state/desk_context';
import { wordsFor } from '../../../state/failure';
import type { MailRow } from '../../../state/mail_keeper';
import { texts } from '../../../texts';
import { shortMoment } from '../../../ui/time_words';
import { useTakeBack } from './use_take_back';

const words = texts.mail;
/** So long before it leaves its seconds are counted; for longer its time is said. */
const COUNTED_MS = 60_000;
const TONE: Partial<Record<MailRow['state'], 'good' | 'warn' | 'bad'>> = {
  sent: 'good',
  delayed: 'warn',
  kept: 'warn',
  dead: 'bad',
  bounced: 'bad',
};

/** Where the mail that carries an answer stands, and what can still be done about it. */
export function DeliveryLine({ mail }: { mail: MailRow }) {
  const takeBack = useTakeBack();
  const waits = mail.state === 'queued' && mail.left_at === null;
  const tone = TONE[mail.state];
  const state = words.states[mail.state];
  const Icon = tone === 'bad' || tone === 'warn' ? CircleAlert : mail.state === 'sent' ? MailCheck : Clock;
  return (
    <span className="mail-delivery" data-tone={tone}>
      <Icon size={13} aria-hidden />
      {waits ? (
        <Leaves at={mail.leaves_at} />
      ) : mail.last_error ? (
        words.because(state, texts.mail_servers(mail.last_error))
      ) : (
        state
      )}
      {waits && (
        <>
          <button type="button" onClick={() => void takeBack(mail)}>
            <Undo2 size={12} aria-hidden />
            {words.take_back}
          </button>
          {Date.parse(mail.leaves_at) - serverNow() > COUNTED_MS && <SendNow mail={mail} />}
        </>
      )}
      {(mail.state === 'dead' || mail.state === 'kept') && <Again mail={mail} />}
    </span>
  );
}

function Leaves({ at }: { at: string }) {
  const now = useNow();
  const left = Date.parse(at) - now;
  if (left > COUNTED_MS) return <>{words.leaves_at(shortMoment(at))}</>;
  return <>{left > 500 ? words.sending_in(Math.ceil(left / 1000)) : words.states.queued}</>;
}

function SendNow({ mail }: { mail: MailRow }) {
  const { api, notices } = useDesk();
  const [isBusy, setBusy] = useState(false);
  function send(): void {
    setBusy(true);
    api
      .put('/api/v1/agent/mails/{mail_id}/time', { send_at: null }, { path: { mail_id: mail.id } })
      .catch((failure: unknown) => notices.say(wordsFor(failure), 'bad'))
      .finally(() => setBusy(false));
  }
  return (
    <button type="button" disabled={isBusy} onClick={send}>
      {words.send_now}
    </button>
  );
}

function Again({ mail }: { mail: MailRow }) {
  const { door, notices } = useDesk();
  const [isBusy, setBusy] = useState(false);
  function retry(): void {
    setBusy(true);
    door
      .retryMail(mail.id)
      .then(() => notices.say(texts.mails.retried))
      .catch((failure: unknown) => notices.say(wordsFor(failure), 'bad'))
      .finally(() => setBusy(false));
  }
  return (
    <button type="button" disabled={isBusy} onClick={retry}>
      {words.try_again}
    </button>
  );
}
