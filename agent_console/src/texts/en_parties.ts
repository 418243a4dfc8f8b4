import type { PartyRole } from '@engage/client/src/agent';

type News = 'asked' | 'joined' | 'declined' | 'missed' | 'withdrawn' | 'left' | 'handed_over';

export const partiesEn = {
  consult: 'Consult a colleague',
  conference: 'Bring a colleague in',
  hand_over_to: (name: string) => `Hand over to ${name}`,
  hand_over: 'Hand over',
  let_go: 'Let go',
  let_go_of: (name: string) => `Let go of ${name}`,
  take_back: 'Take back',
  take_back_from: (name: string) => `Take back the request to ${name}`,
  leave: 'Leave',
  leave_talk: 'Leave the conversation',

  bar: 'Colleagues in this conversation',
  rings: (name: string) => `Asking ${name}`,
  consulted: (name: string) => `${name} advises you`,
  in_conference: (name: string) => `${name} talks to the visitor too`,
  i_advise: (holder: string) => `You advise ${holder}. The visitor sees nothing of it.`,
  i_sit_in: (holder: string) => `You talk to the visitor too; ${holder} holds the conversation.`,
  also_here: (names: string) => `Also here: ${names}`,
  row: { consult: 'You advise', conference: 'You sit in' } satisfies Record<PartyRole, string>,
  over: (visitor: string) => `Your part in the conversation with ${visitor} is over.`,
  handed: (name: string) => `${name} holds the conversation now`,
  note_only: 'You advise here: what you write is a note that only colleagues see.',

  offer: {
    consult: (name: string) => `${name} asks for your advice`,
    conference: (name: string) => `${name} asks you into a conversation`,
    with: (visitor: string, queue: string) => `With ${visitor} · ${queue}`,
  },

  ask: {
    consult_lead:
      'Your colleague sees the conversation and writes notes to you. The visitor sees nothing of it.',
    conference_lead: 'Your colleague talks to the visitor too. The visitor sees the name.',
    to: 'Who',
    search: 'Colleague, queue or skill',
    colleagues: 'Colleagues',
    queues: 'Whoever is free in a queue',
    skills: 'Whoever is free with a skill',
    centres: 'Centres',
    none: 'Nobody of that name',
    failed: 'The list could not be loaded.',
    free: (n: number) => (n === 0 ? 'nobody free' : `${n} free`),
    full: 'hands full',
    absent: 'not there',
    note: 'What is it about?',
    note_placeholder: 'Your question, and what has been said',
    submit: 'Ask',
    submit_to: (name: string) => `Ask ${name}`,
    choose: 'Choose somebody first.',
    done: (name: string) => `Asking ${name}`,
    return_to_me: 'Back to me if nobody takes it',
  },

  transfer: { skills: 'Skills' },

  more_time: 'One minute more',
  outcome_needed: 'Choose an outcome first',
  wrap_up_mode: {
    label: 'Wrap-up',
    mandatory: 'Until done, with an outcome',
    timed: 'For a time, with an outcome',
    optional: 'For a time, outcome as one likes',
    none: 'None',
  },

  news: {
    asked: (name: string, by: string | null) => (by ? `${by} asks ${name} in` : `${name} is asked in`),
    joined: (name: string) => `${name} advises from now on`,
    declined: (name: string) => `${name} declined`,
    missed: (name: string) => `${name} did not answer`,
    withdrawn: (name: string) => `The request to ${name} was taken back`,
    left: (name: string) => `${name} left`,
    handed_over: (name: string) => `${name} holds it from now on`,
  } satisfies Record<News, (name: string, by: string | null) => string>,
};

export type PartiesTexts = typeof partiesEn;
