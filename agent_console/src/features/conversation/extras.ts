import type { Attachment } from '@engage/client';
import type { AgentDoor } from '@engage/client/src/agent';
import { wordsFor } from '../../state/failure';
import { createStore, type Store } from '../../state/store';

export interface Upload {
  key: string;
  name: string;
  size: number;
  /** An address of the file in this browser, for pictures. */
  preview: string | null;
  state:
    | { is: 'uploading'; share: number }
    | { is: 'ready'; attachment: Attachment }
    | { is: 'failed'; reason: string; file: File };
}

export interface PickedArticle {
  slug: string;
  title: string;
}

/** What goes with a reply besides its words. It goes on uploading while another conversation is open. */
export interface Extras {
  uploads: readonly Upload[];
  article: PickedArticle | null;
}

const none: Extras = { uploads: [], article: null };
const stores = new Map<string, Store<Extras>>();
let lastKey = 0;

export function extrasOf(conversationId: string): Store<Extras> {
  const known = stores.get(conversationId);
  if (known) return known;
  const store = createStore(none);
  stores.set(conversationId, store);
  return store;
}

function changeUpload(store: Store<Extras>, key: string, state: Upload['state']): void {
  store.update((extras) => ({
    ...extras,
    uploads: extras.uploads.map((one) => (one.key === key ? { ...one, state } : one)),
  }));
}

async function run(door: AgentDoor, siteId: string, store: Store<Extras>, key: string, file: File) {
  try {
    const attachment = await door.upload(siteId, file, {
      onProgress: (share) => changeUpload(store, key, { is: 'uploading', share }),
    });
    changeUpload(store, key, { is: 'ready', attachment });
  } catch (failure) {
    changeUpload(store, key, { is: 'failed', reason: wordsFor(failure), file });
  }
}

export function addFiles(
  door: AgentDoor,
  siteId: string,
  conversationId: string,
  files: Iterable<File>,
): void {
  const store = extrasOf(conversationId);
  for (const file of files) {
    const key = `upload ${(lastKey += 1)}`;
    const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : null;
    const upload: Upload = {
      key,
      name: file.name,
      size: file.size,
      preview,
      state: { is: 'uploading', share: 0 },
    };
    store.update((extras) => ({ ...extras, uploads: [...extras.uploads, upload] }));
    void run(door, siteId, store, key, file);
  }
}

/** Files that the server has already, such as those of a canned reply. */
export function addReady(conversationId: string, attachments: readonly Attachment[]): void {
  const uploads = attachments.map((attachment): Upload => ({
    key: attachment.id,
    name: attachment.name,
    size: attachment.size,
    preview: null,
    state: { is: 'ready', attachment },
  }));
  extrasOf(conversationId).update((extras) => ({ ...extras, uploads: [...extras.uploads, ...uploads] }));
}

export function retryUpload(door: AgentDoor, siteId: string, conversationId: string, upload: Upload): void {
  if (upload.state.is !== 'failed') return;
  const store = extrasOf(conversationId);
  const { file } = upload.state;
  changeUpload(store, upload.key, { is: 'uploading', share: 0 });
  void run(door, siteId, store, upload.key, file);
}

export function dropUpload(conversationId: string, upload: Upload): void {
  if (upload.preview) URL.revokeObjectURL(upload.preview);
  extrasOf(conversationId).update((extras) => ({
    ...extras,
    uploads: extras.uploads.filter((one) => one.key !== upload.key),
  }));
}

/** Empties the tray after sending; the previews' memory is given back. */
export function clearExtras(conversationId: string): void {
  const store = extrasOf(conversationId);
  for (const { preview } of store.get().uploads) if (preview) URL.revokeObjectURL(preview);
  store.set(none);
}

export function readyAttachments(extras: Extras): Attachment[] {
  return extras.uploads.flatMap(({ state }) => (state.is === 'ready' ? [state.attachment] : []));
}

/** Whether the files can go: those that failed need the agent, those on their way only time. */
export function readiness(extras: Extras): 'ready' | 'uploading' | 'failed' {
  const states = extras.uploads.map(({ state }) => state.is);
  if (states.includes('failed')) return 'failed';
  return states.includes('uploading') ? 'uploading' : 'ready';
}
