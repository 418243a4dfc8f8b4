import { accessEn } from './en_access';
import { adminEn } from './en_admin';
import { bulkEn, spamEn } from './en_bulk';
import { conversationEn } from './en_conversation';
import { boardEn } from './en_board';
import { deskEn } from './en_desk';
import { handlingEn } from './en_handling';
import { partiesEn } from './en_parties';
import { peopleEn } from './en_people';
import { promisesEn } from './en_promises';
import { settingsEn } from './en_settings';
import { callEn } from './en_call';
import { mailEn } from './en_mail';
import { mailAdminEn } from './en_mail_admin';
import { mailComposerEn } from './en_mail_composer';
import { ticketsEn } from './en_tickets';
import { mailboxesEn } from './en_mailboxes';
import { routingEn } from './en_routing';
import { plural } from './plural';
import type { EngagementState, MailState, PresenceName } from '@engage/client/src/agent';

const minutes = (ms: number) => plural(Math.max(1, Math.ceil(ms / 60_000)), 'minute', 'minutes');

export const en = {
  ...conversationEn,
  bulk: bulkEn,
  spam: spamEn,
  board: boardEn,
  desk: deskEn,
  ...peopleEn,
  settings: settingsEn,
  access: accessEn,
  admin: adminEn,
  ...callEn,
  routing: routingEn,
  promises: promisesEn,
  mailboxes: mailboxesEn,
  mail: mailEn,
  mail_admin: mailAdminEn,
  mail_composer: mailComposerEn,
  tickets: ticketsEn,
  /** What the server says of mail servers and mails. */
  mail_servers: (said: string) => said,
  parties: partiesEn,
  handling: handlingEn,

  close: 'Close',
  back: 'Back',
  cancel: 'Cancel',
  retry: 'Try again',
  dismiss: 'Dismiss',
  loading: 'Loading',
  optional: 'optional',
  choices: 'To choose from',
  nobody: 'Visitor',

  failure: {
    unknown: 'Something went wrong. Please try again.',
    unreachable: 'The server did not answer. Check the connection and try again.',
    wrong_credentials: 'E-mail or password is not right.',
    too_many_attempts: (waitMs: number | null) =>
      waitMs === null
        ? 'Too many attempts. Wait a few minutes, then try again.'
        : `Too many attempts. Try again in ${minutes(waitMs)}.`,
    offer_gone: 'This offer is gone: somebody else took it, or the visitor left.',
    target_absent: 'Nobody is there to take it. Choose another queue or agent.',
    page: 'The console stopped working here. Reload the page; nothing you sent is lost.',
    reload: 'Reload',
  },

  /** The server's own sentences are English already. */
  problems: {} as Readonly<Record<string, string>>,

  field_problems: {
    required: 'Fill this in.',
    at_most: (most: string) => `At most ${most} characters.`,
    at_least: (least: string) => `At least ${least} characters.`,
    most: (most: string) => `At most ${most}.`,
    least: (least: string) => `At least ${least}.`,
    number: 'A number is needed here.',
    /** For what the server says in a sentence of its own; null shows that sentence. */
    other: null as string | null,
  },

  sign_in: {
    title: 'Sign in to Engage',
    lead: 'One place for everything your visitors ask.',
    email: 'E-mail',
    password: 'Password',
    show_password: 'Show password',
    hide_password: 'Hide password',
    submit: 'Sign in',
    submitting: 'Signing in',
    ended: 'Your session has ended. Sign in again to go on; your drafts are kept.',
  },

  connection: {
    reconnecting: 'Reconnecting. What you write is kept and sent as soon as the line is back.',
    offline: 'You are offline. What you write is kept and sent when the connection is back.',
    back: 'Connected again',
  },

  rail: {
    label: 'Sections',
    work: 'Work',
    mails: 'Mails',
    commands: 'Commands',
    settings: 'Settings',
    more: 'More',
    me: (name: string) => `${name}: settings and sign out`,
  },

  me: {
    theme: 'Appearance',
    theme_system: 'As the system',
    theme_light: 'Light',
    theme_dark: 'Dark',
    language: 'Language',
    language_browser: 'As the browser',
    enter_sends: 'Enter sends',
    enter_sends_hint: 'Shift Enter makes a new line',
    sound: 'Sound for offers',
    notifications: 'Desktop notifications',
    notifications_refused: 'The browser does not allow notifications for this page.',
    single_keys: 'Single-key shortcuts',
    shortcuts: 'Keyboard shortcuts',
    sign_out: 'Sign out',
  },

  presence: {
    label: 'Presence',
    names: {
      available: 'Available',
      busy: 'Busy',
      away: 'Away',
      break: 'On a break',
      offline: 'Offline',
    } satisfies Record<PresenceName, string>,
    hints: {
      available: 'New work is offered to you',
      busy: 'You keep what you have, nothing new comes',
      away: 'Back soon, nothing new comes',
      break: 'On a break, nothing new comes',
      offline: 'Not at work',
    } satisfies Record<PresenceName, string>,
    reason: 'Reason',
    reason_placeholder: 'Why? For example: meeting',
    reason_set: 'Set reason',
  },

  channels: { webchat: 'Chat', email: 'Mail', callback: 'Call-back' },

  states: {
    queued: 'Waiting',
    offered: 'Offered',
    active: 'Active',
    parked: 'Parked',
    wrapping_up: 'Wrap-up',
    closed: 'Closed',
    abandoned: 'Visitor left',
  } satisfies Record<EngagementState, string>,

  work: {
    label: 'Work',
    views: { mine: 'Mine', queue: 'Queue', closed: 'Closed' },
    search: 'Search everything',
    clear_search: 'Clear search',
    nothing_found: (query: string) => `Nothing found for “${query}”`,
    nothing_found_hint: 'Search looks at names, e-mail addresses, topics and what was written.',
    mine_empty: 'Nothing on your desk',
    mine_empty_available:
      'The next conversation is offered to you here as soon as somebody writes. You can also take one from the queue.',
    mine_empty_unavailable: 'Set yourself to Available and the next conversation is offered to you here.',
    see_queue: 'See the queue',
    become_available: 'Become available',
    queue_empty: 'Nobody is waiting',
    queue_empty_hint: 'Visitors who ask for an agent stand here, the longest waiting first.',
    closed_empty: 'Nothing closed yet',
    closed_empty_hint: 'Finished conversations stay here and can be read again.',
    failed: 'The list could not be loaded.',
    take: 'Take',
    take_next: 'Take the next',
    unread: (n: number) => plural(n, 'unread message', 'unread messages'),
    online: 'online',
    offline: 'offline',
    you: 'You',
    no_topic: 'No topic',
    due_in: (time: string) => `${time} left`,
    overdue: (time: string) => `${time} late`,
    waiting: (time: string) => `waiting ${time}`,
    until: (time: string) => `until ${time}`,
    draft: 'Draft',
    failed_send: 'Not sent',
    more: 'Load more',
  },

  offer: {
    label: 'New work',
    why: (queue: string, waited: string) => `${queue} · waited ${waited}`,
    seconds_left: (n: number) => plural(n, 'second left', 'seconds left'),
    accept: 'Accept',
    decline: 'Decline',
    title: (name: string) => `${name} is waiting`,
    more: (n: number) => `and ${plural(n, 'more offer', 'more offers')}`,
  },

  contact: {
    verified: 'Verified',
    verified_hint: 'The website has vouched for this person.',
    told: 'From the website',
    yes: 'Yes',
    no: 'No',
    label: 'About the visitor',
    online: 'Online now',
    offline: 'Not on the site',
    no_email: 'No e-mail known',
    local_time: 'Local time',
    browser: 'Browser',
    language: 'Language',
    first_seen: 'First seen',
    contacts_before: 'Earlier contacts',
    none_before: 'First contact',
    fields: 'Before the chat',
    trail: 'On the site',
    trail_empty: 'Pages, searches and articles appear here while the visitor moves about.',
    searched: (query: string) => `Searched “${query}”`,
    read_article: (title: string) => `Read “${title}”`,
    earlier: 'Earlier conversations',
    earlier_empty: 'This is the first conversation with this visitor.',
    queue: 'Queue',
    topic: 'Topic',
    site: 'Site',
    show_more: (n: number) => `Show ${n} more`,
  },

  mails: {
    label: 'Mails',
    lead: 'Everything that left, or waits to leave, by mail',
    states: {
      queued: 'Waiting to leave',
      sent: 'Sent',
      kept: 'Kept here',
      dead: 'Not delivered',
      withdrawn: 'Taken back',
      delayed: 'Delayed',
      bounced: 'Came back',
    } satisfies Record<MailState, string>,
    state_hints: {
      queued: 'It leaves within a minute.',
      sent: 'The mail server of the receiver took it.',
      kept: 'No mail server is set up, so mails are kept here and not sent.',
      dead: 'It was tried again and again without success.',
      withdrawn: 'Whoever wrote it took it back before it left.',
      delayed: 'Another mail server has taken it and could not pass it on yet.',
      bounced: 'It was sent, and another mail server could not deliver it.',
    } satisfies Record<MailState, string>,
    to: 'To',
    from: 'From',
    empty: 'No mails yet',
    empty_hint:
      'Answers, transcripts and notices that leave by mail are listed here with what became of them.',
    none: 'No mail open',
    none_hint: 'Choose one on the left to read it.',
    retry: 'Send again',
    retried: 'It will leave again within a minute',
    attempts: (n: number) => plural(n, 'attempt', 'attempts'),
    error: 'Why it was not delivered',
    html: 'As it looks',
    text: 'Text only',
    failed: 'The mails could not be loaded.',
    body: 'Content of the mail',
  },

  commands: {
    title: 'Commands',
    placeholder: 'What do you want to do?',
    empty: 'No command of that name',
    groups: {
      offer: 'Offer',
      conversation: 'This conversation',
      work: 'Work',
      presence: 'Presence',
      console: 'Console',
    },
    open_work: 'Go to',
  },

  keys: { control: 'Ctrl', shift: 'Shift' },

  shortcuts: {
    title: 'Keyboard shortcuts',
    lead: 'Single keys work whenever the caret is not in a field. Escape leaves a field.',
    in_fields: 'Everywhere',
    send: 'Send, or finish the wrap-up',
    leave_field: 'Leave a field, go back one step',
  },

  actions: {
    accept: 'Accept the offer',
    decline: 'Decline the offer',
    reply: 'Write a reply',
    note: 'Write a note',
    attach: 'Attach files',
    article: 'Insert an article',
    canned: 'Insert a canned reply',
    labels: 'Labels',
    mentions: 'Show mentions',
    reopen: 'Open again',
    unpark: 'Take it back now',
    take: 'Take this conversation',
    take_next: 'Take the next in the queue',
    transfer: 'Transfer',
    park: 'Park',
    end: 'End',
    finish: 'Finish the wrap-up',
    details: 'Show or hide the visitor pane',
    mine: 'Show my work',
    queue: 'Show the queue',
    closed: 'Show closed work',
    search: 'Search everything',
    next: 'Next conversation',
    previous: 'Previous conversation',
    mails: 'Show mails',
    commands: 'Command bar',
    shortcuts: 'Keyboard shortcuts',
    theme_light: 'Light appearance',
    theme_dark: 'Dark appearance',
    theme_system: 'Appearance as the system',
    language: (name: string) => `Language: ${name}`,
    sound: 'Sound for offers on or off',
    sign_out: 'Sign out',
  },

  time: {
    now: 'now',
    seconds: (n: number) => `${n} s`,
    minutes: (n: number) => `${n} min`,
    hours: (n: number) => `${n} h`,
    hours_minutes: (h: number, m: number) => `${h} h ${m} min`,
    days: (n: number) => plural(n, 'day', 'days'),
  },

  title: {
    plain: 'Engage',
    offer: (name: string) => `● ${name} is waiting`,
    unread: (n: number) => `(${n}) Engage`,
  },

  browser_on: (browser: string, system: string) => `${browser} on ${system}`,
};
