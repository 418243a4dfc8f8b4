import type { Keeper } from '@engage/client';
import { createKept, type Kept } from './kept';

/** What stands in a field of addresses and was not taken in. */
export interface Typed {
  readonly text: string;
  /** It was to be taken in, and is no address. */
  readonly isWrong: boolean;
}

export const nothingTyped: Typed = { text: '', isWrong: false };

/** How the answer that is being written goes out, where it differs from the usual. */
export interface PostingForm {
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly typed: { readonly cc: Typed; readonly bcc: Typed };
  /** What the customer wrote last stands below it. */
  readonly quoted: boolean;
  /** As it was typed; none is that of the conversation. */
  readonly subject: string | null;
}

export const usualPosting: PostingForm = {
  cc: [],
  bcc: [],
  typed: { cc: nothingTyped, bcc: nothingTyped },
  quoted: true,
  subject: null,
};

const isUsual = ({ cc, bcc, typed, quoted, subject }: PostingForm) =>
  cc.length + bcc.length + typed.cc.text.length + typed.bcc.text.length === 0 && quoted && subject === null;

export function createPostings(keeper: Keeper, agentId: string): Kept<PostingForm> {
  return createKept(keeper, `engage.console.posting.${agentId}.`, {
    usual: usualPosting,
    pack: (posting) => (isUsual(posting) ? null : posting),
    unpack: (kept) => ({ ...usualPosting, ...kept }),
  });
}
