import { plural } from './plural';

/** Several rows of the list at once. */
export const bulkEn = {
  label: 'Selected conversations',
  one: (name: string) => `Select ${name}`,
  chosen: (n: number) => `${n} selected`,
  of: (act: string, n: number) => `${act}: ${n} selected`,
  all: 'Select all',
  clear: 'Clear the selection',
  progress: (done: number, total: number) => `${done} of ${total}`,
  actions: {
    row: 'Select the conversation',
    down: 'Select downwards',
    up: 'Select upwards',
    all: 'Select all that are loaded',
  },
  end_title: (n: number) => `End ${plural(n, 'conversation', 'conversations')}`,
  end_lead: 'The talk is over and the wrap-up is done, with the same outcome for all.',
  outcome: 'How did it end?',
  no_outcome: 'Without an outcome',
  labels_lead: 'Choose a label to put it on all of them; where all have it, it is taken off.',
  on_all: 'On all',
  on_some: (n: number) => `On ${n}`,
  labelled: (n: number, label: string) => `${label} is on ${plural(n, 'conversation', 'conversations')}`,
  unlabelled: (n: number, label: string) =>
    `${label} taken off ${plural(n, 'conversation', 'conversations')}`,
  transferred: (n: number, target: string) => `${n} transferred to ${target}`,
  parked: (n: number) => `${n} parked`,
  ended: (n: number) => `${n} ended`,
  partly: (done: number, failed: number, why: string) => `${done} done, ${failed} could not: ${why}`,
  not_fitting: 'This needs active work of your own.',
  not_waiting: 'Only what waits can be taken.',
  not_to_judge: 'It is in the hands of a colleague, or closed.',
  taken: (n: number) => `${n} taken`,
};

/** What nobody asked for. */
export const spamEn = {
  act: 'Spam',
  title: (n: number) => (n === 1 ? 'Close as spam?' : `Close ${n} as spam?`),
  lead: (n: number): string =>
    n === 1
      ? 'It is closed without an answer. You can open it again.'
      : 'They are closed without an answer. You can open them again.',
  block: (n: number) => `Drop further mails of the ${n === 1 ? 'sender' : 'senders'}`,
  block_hint: 'They are kept in the list of what came in. Settings, Blocked visitors ends it early.',
  confirm: 'Close as spam',
  done: (n: number) => `${plural(n, 'conversation', 'conversations')} closed as spam`,
};
