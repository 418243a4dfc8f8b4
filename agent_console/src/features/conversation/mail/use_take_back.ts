import { useDesk } from '../../../state/desk_context';
import { withTakenBack } from '../../../state/drafts';
import { wordsFor } from '../../../state/failure';
import type { MailRow } from '../../../state/mail_keeper';
import { texts } from '../../../texts';
import { addReady } from '../extras';
import { postingOf } from './posting';

/** Takes an answer back that has not left: its words, files and copies are in the composer again. */
export function useTakeBack(): (mail: MailRow) => Promise<void> {
  const { api, drafts, notices, requests, talk } = useDesk();
  return async (mail) => {
    const id = mail.conversation_id;
    try {
      const path = { mail_id: mail.id };
      const { text, bcc } = await api.post('/api/v1/agent/mails/{mail_id}/withdraw', undefined, { path });
      if (id && mail.kind !== 'forward') {
        // The server's own copy of the draft may be here first: what it holds already is not put in twice.
        drafts
          .of(id)
          .update((draft) => (draft.reply.includes(text) ? draft : withTakenBack(draft, 'reply', text)));
        const entries = talk.ready(id)?.timeline.entries ?? [];
        addReady(id, entries.find((entry) => entry.id === mail.entry_id)?.attachments ?? []);
        postingOf(id).update((posting) => ({ ...posting, cc: mail.cc, bcc, subject: mail.subject }));
      }
      notices.say(mail.kind === 'forward' ? texts.tickets.forward.undone : texts.mail.undone);
      requests.ask('focus_reply');
    } catch (failure) {
      notices.say(wordsFor(failure), 'bad');
    }
  };
}
