import type { Keeper } from '@engage/client';
import { createKept, type Kept } from './kept';

/** How the answer that is being written goes out, where it differs from the usual. */
export interface PostingForm {
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  /** What the customer wrote last stands below it. */
  readonly quoted: boolean;
  /** As it was typed; none is that of the conversation. */
  readonly subject: string | null;
}

export const usualPosting: PostingForm = { cc: [], bcc: [], quoted: true, subject: null };

const isUsual = ({ cc, bcc, quoted, subject }: PostingForm) =>
  cc.length === 0 && bcc.length === 0 && quoted && subject === null;

export function createPostings(keeper: Keeper, agentId: string): Kept<PostingForm> {
  return createKept(keeper, `engage.console.posting.${agentId}.`, {
    usual: usualPosting,
    pack: (posting) => (isUsual(posting) ? null : posting),
    unpack: (kept) => ({ ...usualPosting, ...kept }),
  });
}
