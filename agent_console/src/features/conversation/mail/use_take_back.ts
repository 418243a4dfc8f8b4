import type { Entry } from '@engage/client';
import { useDesk } from '../../../state/desk_context';
import { wordsFor } from '../../../state/failure';
import type { MailRow } from '../../../state/mail_keeper';
import { texts } from '../../../texts';
import { putBack } from './put_back';

const articleOf = (entry: Entry | undefined) =>
  entry?.details.type === 'article' ? { slug: entry.details.slug, title: entry.details.title } : null;

/** Takes an answer back that has not left: its words, files and copies are in the composer again. */
export function useTakeBack(): (mail: MailRow) => Promise<void> {
  const desk = useDesk();
  return async (mail) => {
    const { api, notices, requests, talk } = desk;
    const id = mail.conversation_id;
    try {
      const path = { mail_id: mail.id };
      const taken = await api.post('/api/v1/agent/mails/{mail_id}/withdraw', undefined, { path });
      if (id && mail.kind !== 'forward') {
        const entry = talk.ready(id)?.timeline.entries.find((one) => one.id === mail.entry_id);
        await putBack(desk, id, {
          text: taken.text,
          html: taken.html,
          attachments: entry?.attachments ?? [],
          article: articleOf(entry),
          posting: { cc: mail.cc, bcc: taken.bcc, subject: mail.subject },
        });
      }
      notices.say(mail.kind === 'forward' ? texts.tickets.forward.undone : texts.mail.undone);
      requests.ask('focus_reply');
    } catch (failure) {
      notices.say(wordsFor(failure), 'bad');
    }
  };
}
