import { Undo2 } from 'lucide-react';
import { useNow } from '../../../state/clock';
import { useDesk, useRequest } from '../../../state/desk_context';
import { noMails, type MailRow } from '../../../state/mail_keeper';
import { useStore } from '../../../state/store';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { useTakeBack } from './use_take_back';

const words = texts.mail;
/** What leaves later than this was meant to; its entry has the button. */
const SOON_MS = 30_000;

/** While my last answer has not left: how long it can still be taken back. */
export function UndoBar({ conversationId, myId }: { conversationId: string; myId: string }) {
  const { mails } = useDesk();
  const now = useNow();
  const takeBack = useTakeBack();
  const sent = useStore(mails.store, (all) => (all.get(conversationId) ?? noMails).sent);
  const last = [...sent.values()].filter((mail) => isUndoable(mail, myId, now)).at(-1);
  useRequest('undo_send', () => last && void takeBack(last));
  if (!last) return null;
  const seconds = Math.max(1, Math.ceil((Date.parse(last.leaves_at) - now) / 1000));
  return (
    <p className="undo-bar">
      <span role="status">{words.sending_in(seconds)}</span>
      <Button icon={Undo2} shortcut="Mod+Shift+U" onClick={() => void takeBack(last)}>
        {words.undo}
      </Button>
    </p>
  );
}

function isUndoable(mail: MailRow, myId: string, now: number): boolean {
  if (mail.state !== 'queued' || mail.left_at !== null || mail.agent_id !== myId) return false;
  const left = Date.parse(mail.leaves_at) - now;
  return left > 0 && left < SOON_MS;
}
