/** What an admin sets up about his site. */
export const sitesEn = {
  copy: 'Copy',
  copied: 'Copied',

  add_site: {
    title: 'Add a site',
    lead: 'One website or brand, with its own look, hours, queues and people. You become its admin.',
    name: 'Name',
    origin: 'Address of the website',
    origin_hint: 'Copy it from the address bar. For a try on your computer: http://localhost:3000',
    key: 'Key',
    key_hint: 'Stands in the tag on the website and stays as it is. Small letters, digits and hyphens.',
    queues: 'Queues',
    queues_hint: 'What visitors ask about, with commas between. They choose one; you can change them later.',
    first_queue: 'Questions',
    add: 'Add the site',
  },

  general: {
    title: 'General',
    lead: 'What the site is called, which languages it speaks and what time it is there.',
    name: 'Name',
    language: 'Main language',
    languages: 'Languages',
    languages_lead: 'Visitors see their own language if the site speaks it, else the main one.',
    more_languages: 'Further languages',
    more_languages_hint: 'For each of them you can write the texts of the widget.',
    choose_language: 'Add a language',
    time_zone: 'Time zone',
    time_zone_hint: 'Opening hours are meant in this zone.',
    privacy_url: 'Privacy page',
    privacy_url_hint: 'Linked at the foot of the widget. Leave it empty for no link.',
  },

  install: {
    title: 'Websites',
    lead: 'How the widget gets onto your website, and which websites may show it.',
    tag: 'The tag',
    tag_lead: 'Paste it into every page, best before </body>. It loads behind your page and never moves it.',
    try: 'Try it',
    try_hint:
      'Opens a page of ours with this widget on it, so that you can chat before your website is ready.',
    origins: 'Allowed websites',
    origins_lead: 'Only these may show the widget. Exactly: https, www and port all count.',
    add_origin: 'Add a website',
    origin_hint:
      'Such as https://www.example.com. While you build, http://localhost:3000 with the port that you use.',
    refused: 'This could not be added.',
  },
};
