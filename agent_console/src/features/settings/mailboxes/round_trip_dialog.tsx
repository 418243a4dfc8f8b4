import { useEffect, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Send } from 'lucide-react';
import { serverNow } from '../../../state/clock';
import { useDesk } from '../../../state/desk_context';
import { wordsFor } from '../../../state/failure';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { useChange } from '../use_change';
import type { Mailbox } from './mailbox_kinds';

const words = texts.mailboxes;
const LOOK_MS = 2_000;
const PATIENCE_MS = 120_000;

/** Sends a mail to the mailbox the way answers leave, and waits until it is back. */
export function RoundTripDialog({ box, onClose }: { box: Mailbox; onClose: () => void }) {
  const { api } = useDesk();
  const [sentAt, setSentAt] = useState(0);
  const send = useChange(
    () =>
      api.post('/api/v1/admin/mailboxes/{mailbox_id}/round-trip', undefined, {
        path: { mailbox_id: box.id },
      }),
    { quiet: true, onDone: () => setSentAt(serverNow()) },
  );
  const isBegun = useRef(false);
  useEffect(() => {
    if (isBegun.current) return;
    isBegun.current = true;
    send.mutate(undefined);
  }, [send]);

  const token = send.data?.problem === null ? send.data.token : null;
  const back = useQuery({
    queryKey: ['round_trip', box.id, token],
    enabled: token !== null,
    queryFn: () =>
      api.get('/api/v1/admin/mailboxes/{mailbox_id}/round-trip/{token}', {
        path: { mailbox_id: box.id, token: token ?? '' },
      }),
    refetchInterval: ({ state }) =>
      state.data?.arrived_at || serverNow() - sentAt > PATIENCE_MS ? false : LOOK_MS,
  });
  const problem = send.isError ? wordsFor(send.error) : send.data?.problem;
  const arrived = back.data?.arrived_at;
  const isLate = !arrived && sentAt > 0 && back.dataUpdatedAt > 0 && serverNow() - sentAt > PATIENCE_MS;
  return (
    <Dialog title={words.round_trip} lead={box.address} onClose={onClose}>
      {problem ? (
        <p className="test-result mailbox-round" role="status">
          <CircleAlert size={16} aria-hidden />
          {words.round_failed(texts.mail_servers(problem))}
        </p>
      ) : arrived ? (
        <p className="test-result mailbox-round" role="status" data-good>
          <CircleCheck size={16} aria-hidden />
          {words.round_back(Math.max(1, Math.round((Date.parse(arrived) - sentAt) / 1000)))}
        </p>
      ) : (
        <p className="form-hint mailbox-round" role="status">
          <Send size={14} aria-hidden /> {isLate ? words.round_late : words.round_sent}
        </p>
      )}
      <div className="dialog-footer">
        <Button look="primary" data-first onClick={onClose}>
          {texts.close}
        </Button>
      </div>
    </Dialog>
  );
}
