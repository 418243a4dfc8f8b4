/** An agent: the desk of the console as the browser runs it, with nobody who draws. */
import { createDesk, createFrontDoor } from '../../agent_console/src/state/desk';
import { speak, voiceFor } from '../../agent_console/src/texts';
import { atPage, boundToPage } from './page';
import { until, type Person } from './person';

export function sitDownAsAgent(url: string, email: string, password: string): Promise<Person> {
  return atPage(`${url}/console/`, async (): Promise<Person> => {
    await speak(voiceFor('en', []));
    const front = createFrontDoor();
    await front.door.signIn(email, password);
    const desk = createDesk(front, await front.door.workspace());
    let id = '';
    const loaded = () => desk.talk.ready(id);

    async function accept(conversationId: string): Promise<boolean> {
      const offers = desk.work.store.get().offers;
      const mine = offers.find((offer) => offer.engagement.conversation_id === conversationId);
      return mine !== undefined && (await desk.work.accept(mine));
    }

    return boundToPage<Person>({
      async starts() {
        throw new Error('Visitors begin');
      },
      async takes(conversationId) {
        await desk.work.setPresence('available', null);
        while (!(await accept(conversationId))) await until(50);
        id = conversationId;
        desk.router.go({ page: 'work', view: 'mine', conversation_id: id });
        // Nobody else's chat shall ring here: he keeps the one he has.
        await desk.work.setPresence('away', null);
        while (!loaded()) await until(50);
      },
      says: (text) => desk.talk.sendMessage(id, { text, attachments: [], article_slug: null, force: true }),
      isOnline: () => desk.connection.get() === 'online' && id !== '',
      waiting: () => desk.talk.outgoing.get().length,
      troubles: () => desk.talk.outgoing.get().flatMap((row) => row.reason ?? []),
      async scrollsToTheStart() {
        while (loaded()?.timeline.more) await desk.talk.loadOlder(id).then(() => until(20));
      },
      shown: () => (loaded()?.timeline.entries ?? []).map(({ id: entry, text }) => ({ id: entry, text })),
    });
  });
}
