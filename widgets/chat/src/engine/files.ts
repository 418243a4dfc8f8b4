import type { Attachment, UploadPolicy } from '@engage/client';
import type { Session } from './session';

export type Refusal =
  | { reason: 'too_big'; max_bytes: number }
  | { reason: 'wrong_type' }
  | { reason: 'too_many'; max_files: number };

/** Said before anything is sent. The server checks again, by the file's content. */
export function refusalOf(
  file: Pick<File, 'size' | 'type' | 'name'>,
  already: number,
  policy: UploadPolicy,
): Refusal | null {
  if (already >= policy.max_files) return { reason: 'too_many', max_files: policy.max_files };
  if (file.size > policy.max_bytes) return { reason: 'too_big', max_bytes: policy.max_bytes };
  return policy.types.some((type) => matches(type, file)) ? null : { reason: 'wrong_type' };
}

function matches(type: string, file: Pick<File, 'type' | 'name'>): boolean {
  if (type.startsWith('.')) return file.name.toLowerCase().endsWith(type.toLowerCase());
  return type.endsWith('/*') ? file.type.startsWith(type.slice(0, -1)) : file.type === type;
}

export interface Files {
  upload(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<Attachment>;
  /** An address for the bytes; fetched with our token, which never stands in an address. */
  url(attachment: Attachment): Promise<string>;
}

export function createFiles(session: Session): Files {
  const urls = new Map<string, Promise<string>>();
  return {
    async upload(file, onProgress, signal) {
      const attachment = await session.run(() => session.door.upload(file, { onProgress, signal }));
      urls.set(attachment.id, Promise.resolve(URL.createObjectURL(file)));
      return attachment;
    },
    url({ id }) {
      const known = urls.get(id);
      if (known) return known;
      const fetched = session.door.attachment(id).then((blob) => URL.createObjectURL(blob));
      urls.set(id, fetched);
      fetched.catch(() => urls.delete(id));
      return fetched;
    },
  };
}
