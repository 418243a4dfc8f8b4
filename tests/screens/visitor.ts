/** A visitor: the engine of the chat as the widget runs it, with nobody who draws. */
import { memoryKeeper, newClientId } from '@engage/client';
import { createEngine } from '../../widgets/chat/src/engine/engine';
import { startState } from '../../widgets/chat/src/state/state';
import { createStore } from '../../widgets/chat/src/state/store';
import { atPage, boundToPage } from './page';
import { until, type Person } from './person';

const SITE = 'nordlink';

export function sitDownAsVisitor(url: string): Person {
  return atPage(`${url}/widget/`, () => {
    const store = createStore(startState({ muted: true }));
    const engine = createEngine(
      SITE,
      memoryKeeper(),
      { standsAlone: false, isWindow: false, say: () => {}, onMessage: () => {}, onKept: () => {} },
      store,
    );
    engine.begin();
    let id = '';
    const conversation = () => store.state().conversations[id];

    return boundToPage<Person>({
      async starts(text) {
        const client_id = newClientId();
        await engine.start({ client_id, channel: 'webchat', topic: 'orders', fields: {}, text, attachments: [] });
        id = Object.keys(store.state().conversations)[0] ?? '';
        return id;
      },
      async takes() {},
      says: (text) => engine.send(id, text, []),
      isOnline: () => store.state().line === 'online' && id !== '',
      waiting: () => store.state().outbox.length,
      troubles: () => store.state().outbox.flatMap((row) => row.failure?.code ?? []),
      async scrollsToTheStart() {
        while (conversation()?.timeline?.more) await engine.older(id).catch(() => until(200));
      },
      shown: () =>
        (conversation()?.timeline?.entries ?? []).map(({ id: entry, text }) => ({ id: entry, text })),
    });
  });
}
