import { useDesk } from '../../../state/desk_context';
import { wordsFor } from '../../../state/failure';
import type { MailRow } from '../../../state/mail_keeper';
import { texts } from '../../../texts';

/** Takes an answer back that has not left: its words are the draft again, by the server's own word. */
export function useTakeBack(): (mail: MailRow) => Promise<void> {
  const { api, notices, requests } = useDesk();
  return async (mail) => {
    try {
      await api.post('/api/v1/agent/mails/{mail_id}/withdraw', undefined, { path: { mail_id: mail.id } });
      notices.say(texts.mail.undone);
      requests.ask('focus_reply');
    } catch (failure) {
      notices.say(wordsFor(failure), 'bad');
    }
  };
}
