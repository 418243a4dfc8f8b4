import type { Attachment, Keeper } from '@engage/client';
import { createKept, type Kept } from './kept';

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

export const noExtras: Extras = { uploads: [], article: null };

/** A file that is in no message yet is thrown away by the server after a day. */
const KEPT_MS = 23 * 3_600_000;

interface KeptExtras {
  attachments: Attachment[];
  article: PickedArticle | null;
  at: number;
}

export function readyUpload(attachment: Attachment): Upload {
  const { id, name, size } = attachment;
  return { key: id, name, size, preview: null, state: { is: 'ready', attachment } };
}

export function readyAttachments(extras: Extras): Attachment[] {
  return extras.uploads.flatMap(({ state }) => (state.is === 'ready' ? [state.attachment] : []));
}

/** Of the files only those that the server has: the others were never anywhere but in this page. */
export function createExtras(keeper: Keeper, agentId: string, now: () => number = Date.now): Kept<Extras> {
  return createKept<Extras>(keeper, `engage.console.extras.${agentId}.`, {
    usual: noExtras,
    pack(extras) {
      const attachments = readyAttachments(extras);
      if (attachments.length === 0 && !extras.article) return null;
      return { attachments, article: extras.article, at: now() } satisfies KeptExtras;
    },
    unpack(kept) {
      const { attachments, article, at } = kept as KeptExtras;
      const isFresh = now() - at < KEPT_MS;
      return { uploads: isFresh ? attachments.map(readyUpload) : [], article };
    },
  });
}
