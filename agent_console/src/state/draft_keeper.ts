import { Problem, type Api } from '@engage/client';
import type { AgentEvent, ServerDraft } from '@engage/client/src/agent';
import { withServerDraft, type Drafts } from './drafts';

const PAUSE_MS = 1_000;
const AGAIN_MS = 5_000;

/** Keeps drafts on the server: a second after the last key, one request at a time for each conversation. */
export function createDraftKeeper(api: Api, drafts: () => Drafts) {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const saving = new Set<string>();
  const savedAt = new Map<string, number>();
  let stopped = false;

  function saveSoon(id: string, pause = PAUSE_MS): void {
    clearTimeout(timers.get(id));
    if (!stopped)
      timers.set(
        id,
        setTimeout(() => void save(id), pause),
      );
  }

  async function save(id: string): Promise<void> {
    const store = drafts().of(id);
    const { reply, note, reply_begun_at, version, is_kept } = store.get();
    if (is_kept || saving.has(id) || stopped) return;
    saving.add(id);
    try {
      const path = { conversation_id: id };
      const body = { reply, note, reply_begun_at, version };
      const stored = await api.put('/api/v1/agent/conversations/{conversation_id}/draft', body, { path });
      saving.delete(id);
      savedAt.set(id, performance.now());
      store.update((now) => {
        const isSame = now.reply === reply && now.note === note;
        return { ...now, version: stored.version, is_kept: isSame };
      });
    } catch (failure) {
      saving.delete(id);
      // What was refused is refused again; the copy of this browser stays.
      if (failure instanceof Problem && failure.isTransient) saveSoon(id, AGAIN_MS);
    }
  }

  return {
    typed: (id: string) => saveSoon(id),
    /** A conversation was asked for, and came with what the server keeps of mine; what was saved since is newer. */
    loaded(id: string, server: ServerDraft | null, askedAt: number): void {
      if ((savedAt.get(id) ?? -Infinity) >= askedAt) return;
      drafts()
        .of(id)
        .update((draft) => withServerDraft(draft, server));
    },
    hear(event: AgentEvent): void {
      // My own words come back as well; their version is known by then, or their answer is on its way.
      if (event.type !== 'draft_changed' || saving.has(event.conversation_id)) return;
      drafts()
        .of(event.conversation_id)
        .update((draft) => (draft.is_kept ? withServerDraft(draft, event.draft) : draft));
    },
    /** The connection is back, or the console has just been opened. */
    wake(): void {
      for (const id of drafts().unkept()) saveSoon(id, 0);
    },
    stop(): void {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
export type DraftKeeper = ReturnType<typeof createDraftKeeper>;
