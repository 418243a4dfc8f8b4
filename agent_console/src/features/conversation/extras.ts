import type { Attachment } from '@engage/client';
import type { AgentDoor } from '@engage/client/src/agent';
import { noExtras, readyUpload, type Extras, type Upload } from '../../state/extras';
import { wordsFor } from '../../state/failure';
import type { Store } from '../../state/store';

let lastKey = 0;

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

export function addFiles(door: AgentDoor, siteId: string, store: Store<Extras>, files: Iterable<File>): void {
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

/** Files that the server has already, such as those of a canned reply; none of them twice. */
export function addReady(store: Store<Extras>, attachments: readonly Attachment[]): void {
  store.update((extras) => {
    const known = new Set(extras.uploads.map(({ key }) => key));
    const added = attachments.filter(({ id }) => !known.has(id)).map(readyUpload);
    return { ...extras, uploads: [...extras.uploads, ...added] };
  });
}

export function retryUpload(door: AgentDoor, siteId: string, store: Store<Extras>, upload: Upload): void {
  if (upload.state.is !== 'failed') return;
  const { file } = upload.state;
  changeUpload(store, upload.key, { is: 'uploading', share: 0 });
  void run(door, siteId, store, upload.key, file);
}

export function dropUpload(store: Store<Extras>, upload: Upload): void {
  if (upload.preview) URL.revokeObjectURL(upload.preview);
  store.update((extras) => ({
    ...extras,
    uploads: extras.uploads.filter((one) => one.key !== upload.key),
  }));
}

/** Empties the tray after sending; the previews' memory is given back. */
export function clearExtras(store: Store<Extras>): void {
  for (const { preview } of store.get().uploads) if (preview) URL.revokeObjectURL(preview);
  store.set(noExtras);
}

/** Whether the files can go: those that failed need the agent, those on their way only time. */
export function readiness(extras: Extras): 'ready' | 'uploading' | 'failed' {
  const states = extras.uploads.map(({ state }) => state.is);
  if (states.includes('failed')) return 'failed';
  return states.includes('uploading') ? 'uploading' : 'ready';
}
