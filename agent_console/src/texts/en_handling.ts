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
};
