/** Writing an answer by mail. */
export const mailComposerEn = {
  add_copies: 'Add copies',
  remove: (address: string) => `Remove ${address}`,
  no_address: (typed: string) => `“${typed}” is not an e-mail address.`,
  not_sent: (typed: string) => `Not sent: “${typed}” is not an e-mail address.`,
  form: 'Form of the text',
  forms: {
    strong: 'Bold',
    em: 'Italic',
    bullets: 'List',
    numbers: 'Numbered list',
    quote: 'Quote',
    link: 'Link',
  },
  set_link: 'Set link',
  link_address: 'Address',
  send_later: 'Send later',
  later: {
    in_an_hour: 'In an hour',
    this_afternoon: 'This afternoon',
    tomorrow: 'Tomorrow morning',
    monday: 'Monday morning',
  },
  own_time: 'At a time of my own',
  when: 'When',
  schedule: 'Send then',
  with_quote: 'Quote the last mail below',
};
