/** What an admin sets up beside the site itself. */
export const adminEn = {
  pictures: {
    choose: 'Choose a picture',
    change: 'Choose another',
    saved: 'The picture is saved.',
    removed: 'The picture is removed.',
    face: 'Picture',
    my_hint:
      'Customers and colleagues see it. The middle is cut to a square; what the camera wrote into it is removed.',
    their_hint: 'Customers and colleagues see it, at all sites.',
    logo: 'Logo',
    logo_hint:
      'In the widget and the help centre. PNG with a clear ground looks best; it is shown 32 pixels high.',
    no_logo: 'No logo',
  },

  addresses: {
    add: 'Block an address',
    lead: 'Nobody who comes from there can write; mails from a blocked mail address open nothing and are shown as dropped. Many people may share one address: a company, a school, all customers of a mobile network. Take the narrowest range and the shortest time.',
    address: 'Internet or mail address',
    address_hint:
      'An internet address or range, such as 203.0.113.7 or 203.0.113.0/24, or whose mails are dropped: kim@shop.example, or @shop.example for all of it.',
    done: 'The address is blocked.',
  },

  first_answers: {
    open: 'Popular answers',
    lead: 'They stand on the first page of the widget and the help centre, before anybody has searched. Without them readers decide: what helped most comes first.',
    place: (n: number) => `Answer ${n}`,
    none: 'None',
  },

  for_good: {
    act: 'Delete for good',
    lead: 'Nobody can bring it back. An import adds it anew only if its folder still has it.',
    done: 'The article is deleted.',
  },

  teams: {
    title: 'Teams',
    lead: 'People who do the same work. Give a queue to a team, or name it in a note with @.',
    add: 'Add a team',
    name: 'Name',
    name_hint: 'Such as Billing or Second line. Colleagues name it in notes with @.',
    members: 'Who is in it',
    nobody: 'Nobody is in it yet',
    empty: 'No teams yet',
    empty_hint: 'Whoever joins a team serves its queues at once, and whoever leaves it does not.',
    remove_lead: 'Its queues stay with the people and teams that serve them besides.',
    every: 'All teams',
    filter: 'Team',
    none: 'Nobody of this site is in this team.',
  },
};
