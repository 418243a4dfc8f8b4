import type { WorkItem } from '@engage/client/src/agent';
import type { Desk } from '../../state/desk';
import { wordsFor } from '../../state/failure';
import { texts } from '../../texts';
import { leaveFor } from './next_work';

const of = (item: WorkItem) => ({ engagement_id: item.engagement_id });

async function attempt(desk: Desk, run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (failure) {
    desk.notices.say(wordsFor(failure), 'bad');
    await desk.work.sync();
    return false;
  }
}

/** A colleague's part is over, or mine. */
export async function sendAway(desk: Desk, item: WorkItem, agentId: string): Promise<void> {
  const path = { ...of(item), agent_id: agentId };
  const done = await attempt(desk, () =>
    desk.api.delete('/api/v1/agent/engagements/{engagement_id}/parties/{agent_id}', { path }),
  );
  if (done && agentId === desk.work.store.get().me.id) leaveFor(desk, item);
}

/** A colleague who is in it holds it from now on, and I am out. */
export async function handOver(
  desk: Desk,
  item: WorkItem,
  agent: { id: string; name: string },
): Promise<void> {
  const path = { ...of(item), agent_id: agent.id };
  const done = await attempt(desk, () =>
    desk.api.post('/api/v1/agent/engagements/{engagement_id}/parties/{agent_id}/complete', undefined, {
      path,
    }),
  );
  if (done) goOn(desk, item, agent.name);
}

/** Whoever has been in the conference longest holds it from now on. */
export async function leaveTalk(desk: Desk, item: WorkItem): Promise<void> {
  const heir = item.parties.find((one) => one.role === 'conference' && one.joined_at);
  const done = await attempt(desk, () =>
    desk.api.post('/api/v1/agent/engagements/{engagement_id}/leave', undefined, { path: of(item) }),
  );
  if (done) goOn(desk, item, heir?.agent.name ?? '');
}

function goOn(desk: Desk, item: WorkItem, name: string): void {
  desk.notices.say(texts.parties.handed(name));
  leaveFor(desk, item);
}
