import { newClientId, Problem, type Api } from '@engage/client';
import type { TransferTarget, WorkItem } from '@engage/client/src/agent';
import { texts } from '../texts';
import { wordsFor } from './failure';
import type { Notices } from './notices';
import { NOTHING, without, type Selection } from './selection';
import { createStore, type Store } from './store';
import { withItem, type WorkspaceState } from './workspace';

/** Requests that are on their way at once. */
const AT_ONCE = 4;

/** Something that is done to several rows, one by one. */
export interface BulkAct {
  fits(item: WorkItem): boolean;
  /** Why one does not fit, where that is not whose it is. */
  unfit?: string;
  run(item: WorkItem): Promise<void>;
  said(count: number): string;
  /** The rows stay selected: another act of this kind often follows. */
  keeps?: true;
}

type Asked = { headers: Record<string, string> };

/** An answer that was lost on its way is asked for once more, under the same key: nothing happens twice. */
async function surely<T>(send: (asked: Asked) => Promise<T>): Promise<T> {
  const asked = { headers: { 'Idempotency-Key': newClientId() } };
  try {
    return await send(asked);
  } catch (failure) {
    if (failure instanceof Problem && failure.isUnreachable) return send(asked);
    throw failure;
  }
}

export function createBulk(api: Api, workspace: Store<WorkspaceState>, notices: Notices) {
  const selection = createStore<Selection>(NOTHING);
  const progress = createStore<{ done: number; total: number } | null>(null);
  const holds = (item: WorkItem) => item.agent?.id === workspace.get().me.id;
  const isActive = (item: WorkItem) => holds(item) && item.state === 'active';
  const isOpen = ({ state }: WorkItem) => state !== 'closed' && state !== 'abandoned';
  const isFree = (item: WorkItem) => item.state === 'queued' || item.state === 'offered';
  const oversees = (item: WorkItem) =>
    workspace.get().me.sites.some(({ id, rights }) => id === item.site.id && rights.includes('supervise'));
  const show = (item: WorkItem, removed = false) =>
    workspace.update((state) => withItem(state, item, removed));
  const pathOf = (item: WorkItem) => ({ engagement_id: item.engagement_id });

  async function attempt(act: BulkAct, item: WorkItem): Promise<string | null> {
    if (!act.fits(item)) return act.unfit ?? texts.bulk.not_fitting;
    try {
      await act.run(item);
      return null;
    } catch (failure) {
      return wordsFor(failure);
    }
  }

  /** Does it to all, usually to those that are selected; what could not be done stays selected, and one sentence tells why. */
  async function run(
    act: BulkAct,
    items: readonly WorkItem[] = [...selection.get().items.values()],
  ): Promise<void> {
    if (progress.get() !== null || items.length === 0) return;
    const done = new Set<string>();
    const reasons = new Set<string>();
    const left = items.values();
    progress.set({ done: 0, total: items.length });
    const worker = async () => {
      for (const item of left) {
        const refusal = await attempt(act, item);
        if (refusal === null) done.add(item.engagement_id);
        else reasons.add(refusal);
        progress.update((now) => now && { ...now, done: now.done + 1 });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    progress.set(null);
    if (!act.keeps) selection.update((now) => without(now, done));
    tell(act, done.size, items.length - done.size, [...reasons]);
  }

  function tell(act: BulkAct, done: number, failed: number, reasons: string[]): void {
    if (failed === 0) notices.say(act.said(done));
    else notices.say(texts.bulk.partly(done, failed, reasons.join(' ')), 'bad');
  }

  const acts = {
    label: (label: { id: string; name: string; site_id: string }, isOn: boolean): BulkAct => ({
      fits: (item) => item.site.id === label.site_id,
      async run(item) {
        const route = '/api/v1/agent/conversations/{conversation_id}/labels/{label_id}';
        const path = { conversation_id: item.conversation_id, label_id: label.id };
        await (isOn ? api.put(route, undefined, { path }) : api.delete(route, { path }));
      },
      said: (count) =>
        isOn ? texts.bulk.labelled(count, label.name) : texts.bulk.unlabelled(count, label.name),
      keeps: true,
    }),
    transfer: (target: TransferTarget, name: string): BulkAct => ({
      fits: isActive,
      async run(item) {
        const route = '/api/v1/agent/engagements/{engagement_id}/transfer';
        await surely((asked) => api.post(route, target, { path: pathOf(item), ...asked }));
        show(item, true);
      },
      said: (count) => texts.bulk.transferred(count, name),
    }),
    /** Onto my own desk, as far as there is room. */
    take: (): BulkAct => ({
      fits: (item) => item.state === 'queued',
      unfit: texts.bulk.not_waiting,
      async run(item) {
        const route = '/api/v1/agent/engagements/{engagement_id}/pull';
        show(await surely((asked) => api.post(route, undefined, { path: pathOf(item), ...asked })));
      },
      said: texts.bulk.taken,
    }),
    /** Closed without an answer; its sender is kept out for so long, if at all. */
    spam: (block_hours: number | null): BulkAct => ({
      fits: (item) => isOpen(item) && (isFree(item) || holds(item) || oversees(item)),
      unfit: texts.bulk.not_to_judge,
      async run(item) {
        const route = '/api/v1/agent/engagements/{engagement_id}/spam';
        await surely((asked) => api.post(route, { block_hours }, { path: pathOf(item), ...asked }));
        show(item, true);
      },
      said: texts.spam.done,
    }),
    park: (until: string | null): BulkAct => ({
      fits: isActive,
      async run(item) {
        const route = '/api/v1/agent/engagements/{engagement_id}/park';
        show(await surely((asked) => api.post(route, { until }, { path: pathOf(item), ...asked })));
      },
      said: texts.bulk.parked,
    }),
    /** The talk and the wrap-up in one go; a talk that is over already is only wrapped up. */
    end: (disposition_id: string | null): BulkAct => ({
      fits: (item) => isActive(item) || (holds(item) && item.state === 'wrapping_up'),
      async run(item) {
        const path = pathOf(item);
        if (item.state === 'active') {
          const route = '/api/v1/agent/engagements/{engagement_id}/end';
          show(await surely((asked) => api.post(route, undefined, { path, ...asked })));
        }
        const route = '/api/v1/agent/engagements/{engagement_id}/wrap-up';
        await surely((asked) => api.post(route, { disposition_id, note: null }, { path, ...asked }));
        show(item, true);
      },
      said: texts.bulk.ended,
    }),
  };

  return { selection, progress, acts, run };
}

export type Bulk = ReturnType<typeof createBulk>;
