import { plural } from './plural';

/** How agents come to work and leave it: what accepts itself, what they decline, where they are meanwhile. */
export const handlingEn = {
  auto: {
    label: 'Offers of this queue',
    by_hand: 'The agent accepts',
    at_once: 'Open at once',
    after: (seconds: number) => `Open after ${seconds.toString()} seconds`,
    hint: 'What opens by itself goes only to people who are available and connected.',
    person: 'Offers to this person',
    persons: {
      queue: 'As each queue says',
      always: 'Always open by themselves',
      never: 'Always wait to be accepted',
    },
    soon: 'Opens by itself',
    now: 'Open now',
    opened: (name: string) => `The conversation with ${name} has opened by itself.`,
    waits: (name: string) => `The conversation with ${name} has opened by itself and stands in your list.`,
  },
  declining: {
    why: 'Why not?',
    without: 'Without a reason',
    declined: (name: string) => `Declined by ${name}`,
    missed: (name: string) => `Missed by ${name}`,
    said: (reason: string) => `Declined: ${reason}`,
    because: (said: string, reason: string) => `${said}: ${reason}`,
  },
  decline_reasons: {
    title: 'Reasons to decline',
    lead: 'What agents choose from when they decline an offer. It stands in the history and on the board.',
    one: 'New reason',
    placeholder: 'Such as: Not my topic',
    empty: 'No reasons yet',
    empty_hint: 'Without reasons, offers are declined without a word.',
    remove_lead: (name: string) => `“${name}” can no longer be chosen. What was declined for it keeps it.`,
  },
  presence: {
    /** Reasons that nobody gave: the server set them. */
    causes: { missed_offers: 'Missed offers', connection_lost: 'Connection lost' },
    missed: 'You missed several offers, so nothing new comes to you.',
    lost: 'You were away from the network, so nothing new comes to you.',
    pulled: 'The router is down; offers come more slowly.',
    back: 'Available again',
    own_words: 'In your own words',
    routing: 'Routing',
    status: {
      ringing: 'Ringing',
      has: (held: number, capacity: number) => `${held.toString()} of ${capacity.toString()}`,
      full: 'Full',
      paused: 'No new work',
    },
    status_long: {
      ringing: (held: number, capacity: number) =>
        `An offer is ringing; ${held.toString()} of ${capacity.toString()} in use`,
      has: (held: number, capacity: number) =>
        `${held.toString()} of ${capacity.toString()} in use, more may come`,
      full: (held: number, capacity: number) =>
        `${held.toString()} of ${capacity.toString()} in use, nothing more comes`,
      paused: (held: number) =>
        held === 0 ? 'Nothing new comes' : `Nothing new comes; ${plural(held, 'unit', 'units')} still in use`,
    },
  },
  presence_reasons: {
    title: 'Reasons for presence',
    lead: 'What people say who are not available. They choose it beside their presence, and it is kept with its times.',
    add: 'Add a reason',
    name: 'Reason',
    name_in: (language: string) => `Reason in ${language}`,
    presence: 'Presence',
    productive: 'Counts as working time',
    productive_hint: 'Such as a training; a lunch break does not.',
    is_productive: 'Working time',
    empty: 'No reasons yet',
    empty_hint: 'People are simply busy, away or on a break, or say it in their own words.',
    remove_lead: (name: string) => `“${name}” can no longer be chosen. Who is away for it keeps it.`,
  },
  outcome_tree: {
    under: 'Below',
    top: 'At the top',
    in: (name: string) => `Move ${name} one level in`,
    out: (name: string) => `Move ${name} one level out`,
    keys: 'Alt and the arrow keys move an outcome: up, down, in and out. Agents choose those that have none below.',
    remove_lead: (name: string, below: number) =>
      below === 0
        ? `“${name}” can no longer be chosen. Work that was closed with it keeps it.`
        : `“${name}” and the ${plural(below, 'outcome', 'outcomes')} below it can no longer be chosen. Work that was closed with them keeps them.`,
  },
};
