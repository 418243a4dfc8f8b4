import type { CallbackView, EntryState, WaitRange } from '@engage/client';

const some = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count} ${many}`);

/** How long, said the way a person would: nobody believes "2 minutes 14 seconds". */
function duration(seconds: number): string {
  if (seconds < 60) return 'under a minute';
  const minutes = Math.round(seconds / 60);
  return minutes < 60
    ? `about ${some(minutes, 'minute', 'minutes')}`
    : `about ${some(Math.round(minutes / 60), 'hour', 'hours')}`;
}

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const ENDINGS: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };
const ordinal = (n: number) => `${n}${ENDINGS[ordinals.select(n)] ?? 'th'}`;

/** A range, for nobody knows the minute. */
function range({ from_seconds: from, to_seconds: to }: WaitRange): string {
  if (to === null) return 'more than an hour';
  if (to === 0) return 'in a moment';
  return from === 0 ? 'less than a minute' : `about ${from / 60}–${to / 60} minutes`;
}

const states: Record<EntryState, (who: string, email: string) => string> = {
  queued: () => '',
  joined: (who) => `${who} joined the conversation`,
  left: (who) => `${who} left the conversation`,
  requeued: () => 'You are back in the queue and keep your place',
  silent: () => 'Still there? Write whenever you are ready',
  parked: () => 'Paused. Write any time to go on',
  ended: () => 'Conversation ended',
  reopened: () => 'Conversation reopened',
  moved_to_email: (_, email) => (email ? `We go on by e-mail to ${email}` : 'We go on by e-mail'),
  mail_asked: (_, email) => (email ? `We answer by e-mail to ${email}` : 'We answer by e-mail'),
  abandoned: () => 'You left the queue',
  rated: () => 'Thank you for your rating',
  closed_hours: () => 'We are closed right now and will answer by e-mail',
  transcript_sent: (_, email) => (email ? `Transcript sent to ${email}` : 'Transcript sent by e-mail'),
  mailed: (_, email) => (email ? `Sent by e-mail to ${email}` : 'Sent by e-mail'),
  wrapped_up: () => '',
  promise_warned: () => '',
  promise_broken: () => '',
  mail_failed: () => '',
  overflowed: () => 'Another team helps you now. You keep your place',
  queue_busy: () => 'Many people are waiting. You keep your place, and somebody will answer',
  queue_closed: () => 'This team is closed right now. You keep your place until it opens',
  merged: () => 'Another conversation of yours goes on here',
  // only agents see it
  party: () => '',
};

const calls: Record<CallbackView['state'], string> = {
  planned: 'We call you',
  queued: 'We call you soon',
  soon: 'We call you in a moment',
  calling: 'We are calling you now',
  missed: 'We could not reach you',
  done: 'We have spoken',
  failed: 'We could not reach you',
  cancelled: 'Call-back cancelled',
  expired: 'Nobody was free in time. We are sorry',
};

const callLines = {
  asked: () => 'You asked us to call you',
  planned: () => 'A time for our call is set',
  reached: (who: string) => (who ? `You spoke with ${who}` : 'We spoke on the phone'),
  missed: () => 'We called you and did not reach you',
  given_up: () => 'We could not reach you and do not try again',
  cancelled: () => 'The call-back is cancelled',
  expired: () => 'Nobody was free to call you in time',
};

export const en = {
  appName: 'Help and chat',
  close: 'Close',
  back: 'Back',
  loading: 'Loading',
  retry: 'Try again',
  cancel: 'Cancel',
  team: 'Support team',
  you: 'You',
  sentFile: 'Sent a file',
  unreadBadge: (count: number) => `${count} unread`,
  titleNew: (name: string) => `${name} wrote to you`,

  hello: (name: string) => `Welcome back, ${name}`,
  searchLabel: 'Search for answers',
  searchPlaceholder: 'Search for answers',
  clearSearch: 'Clear search',
  popular: 'Popular answers',
  results: (count: number) => some(count, 'answer', 'answers'),
  correctedTo: (words: string) => `Showing answers for “${words}”`,
  nothingFound: (words: string) => `Nothing found for “${words}”`,
  nothingFoundHint: 'Try other words, or ask us below.',
  searchFailed: 'The search did not answer.',
  contactUs: 'Contact us',
  homeFailed: 'This page could not be loaded. Check your connection and try again.',
  privacy: 'Privacy',
  /** By channel; one that is not here says its own name. */
  ways: { webchat: 'Chat', email: 'E-mail', callback: 'Call me back' } as Record<string, string>,
  continueConversation: 'Continue your conversation',
  allMessages: 'All conversations',
  noMessages: 'No conversations yet',
  noMessagesHint: 'Whatever you ask us stands here, and stays.',
  ended: 'Ended',
  messages: 'Conversations',

  waitNow: 'Replies at once',
  wait: (seconds: number) => `Wait ${duration(seconds)}`,
  answeredBy: (time: string) => `Answer by ${time}`,
  closedNow: 'Closed',
  opens: (time: string) => `Opens ${time}`,
  otherZone: (time: string, place: string) => `${time} in ${place}`,
  closedLeaveMessage: 'Closed now. Leave a message and we answer by e\u2011mail.',

  callMe: 'Call me',
  callIn: (seconds: number) => (seconds < 60 ? 'At once' : `In ${duration(seconds)}`),
  callFrom: (time: string) => `From ${time}`,
  callRather: 'Rather talk? We call you',
  callFailed: 'This part could not be loaded.',
  calls,
  callLines,

  articleFailed: 'This answer could not be loaded.',
  articleMissing: 'This answer is no longer there.',
  updated: (date: string) => `Updated ${date}`,
  wasHelpful: 'Was this helpful?',
  yes: 'Yes',
  no: 'No',
  thanksHelpful: 'Thank you, good to know.',
  thanksNotHelpful: 'Thank you. We will improve it.',
  feedbackPlaceholder: 'What was missing?',
  sendFeedback: 'Send',
  stillNeedHelp: 'Still need help?',
  talkToUs: 'Talk to us',
  wider: 'Wider',
  narrower: 'Narrower',

  newChat: 'New conversation',
  newMail: 'Write to us',
  chatIntro: 'We will find the right person for it.',
  mailIntro: 'Leave a message and an address. We answer by e\u2011mail.',
  topic: 'What is it about?',
  optional: 'optional',
  choose: 'Choose',
  message: 'Message',
  messagePlaceholder: 'How can we help?',
  instantAnswers: 'This may answer it',
  startChat: 'Start chat',
  sendMail: 'Send message',
  sending: 'Sending',
  needTopic: 'Choose what it is about.',
  needMessage: 'Write a few words so that we can help.',
  needField: (label: string) => `Fill in: ${label}.`,
  needEmail: 'We need an e-mail address to answer you.',
  badEmail: 'This does not look like an e-mail address. Example: name@example.com',
  badField: 'Please check this.',
  tooLong: (most: string) => `Too long. At most ${most} letters.`,
  notSentKept: 'Not sent. Your text is kept, try again.',
  tooManyTries: 'That was a little fast. Wait a moment and try again.',
  refused: 'This could not be sent.',
  /** null: the server's own sentences are English already. */
  problems: null as Readonly<Record<string, string>> | null,
  yourName: 'Name',
  yourEmail: 'E-mail',
  notAChoice: 'Choose one of these.',

  withYou: 'With you now',
  typing: (name: string) => `${name} is typing`,
  inQueue: 'You are in the queue',
  byMail: 'We answer by e-mail',
  pausedState: 'Write any time to go on',
  endedState: 'Conversation ended',
  queuePosition: (position: number) =>
    position === 1 ? 'You are next' : `You are ${ordinal(position)} in line`,
  queueSoon: 'Somebody will be with you soon',
  queueWait: (wait: WaitRange) => range(wait),
  queueHint: 'You can close this and look around. We will let you know.',
  log: 'Messages',
  messageTo: (name: string) => `Message ${name}`,
  composerLabel: 'Your message',
  composerPlaceholder: 'Write a message',
  composerReopen: 'Write to reopen',
  send: 'Send',
  attach: 'Attach a file',
  emoji: 'Emoji',
  dropHere: 'Drop files to attach them',
  uploadPolicy: (size: string, count: number) => `Up to ${count} files, ${size} each`,
  fileTooBig: (name: string, size: string) => `${name} is too big. At most ${size}.`,
  fileType: (name: string) => `${name} is a kind of file we cannot take.`,
  fileTooMany: (count: number) => `At most ${count} files at once.`,
  fileFailed: (name: string) => `${name} could not be uploaded.`,
  removeFile: (name: string) => `Remove ${name}`,
  uploading: (name: string, percent: number) => `${name}, ${percent} %`,
  download: (name: string) => `Download ${name}`,
  viewImage: (name: string) => `View ${name}`,
  imageFailed: 'Image could not be loaded',
  newMessages: 'New',
  jumpToLatest: 'Jump to the latest message',
  older: 'Loading earlier messages',
  stateSending: 'Sending',
  stateSent: 'Sent',
  stateDelivered: 'Delivered',
  stateRead: 'Read',
  stateFailed: 'Not sent',
  tryAgain: 'Try again',
  editAgain: 'Edit',
  deleteUnsent: 'Delete',
  willSend: 'Goes out when you are back online',
  conversationFailed: 'This conversation could not be loaded.',
  yourDetails: 'Your details',
  menu: 'More',
  ownWindow: 'Open in a window of its own',
  elsewhere: 'The chat is open in a window of its own.',
  showWindow: 'Show the window',
  bringBack: 'Bring the chat back here',
  endConversation: 'End conversation',
  endConfirm: 'End this conversation?',
  endConfirmHint: 'You can write again later and we go on from here.',
  endYes: 'End it',
  endNo: 'Keep talking',
  endFailed: 'This did not work. Try again.',
  soundOff: 'Mute sounds',
  soundOn: 'Unmute sounds',
  transcript: 'Transcript by e-mail',
  transcriptLabel: 'Send the transcript to',
  transcriptSend: 'Send',
  transcriptSent: (email: string) => `On its way to ${email}`,
  transferTo: (who: string) => `You are now with ${who}`,
  transferring: (where: string) => `Passing you on to ${where}`,
  transferringAnywhere: 'Passing you on to a colleague',
  states,

  /** A site's own question; ours names the agent. */
  rateAsk: '',
  rateQuestion: (name: string) => `How was your conversation with ${name}?`,
  rateQuestionTeam: 'How was your conversation?',
  rateStars: ['Very bad', 'Bad', 'All right', 'Good', 'Very good'],
  rateComment: 'Anything to add? (optional)',
  rateSend: 'Send rating',
  rateThanks: 'Thank you for your rating',
  rated: (score: number) => `You gave ${score} of 5`,
  startNew: 'Start a new conversation',

  reconnecting: 'Reconnecting. Your messages are kept.',
  offline: 'You are offline. What you write is sent when you are back.',
  online: 'Back online',
};

export type Texts = typeof en;
