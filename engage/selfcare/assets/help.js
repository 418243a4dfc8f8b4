// The pages work without this: it lets the contact button open the widget, and tells the time on the reader's own clock.
for (const button of document.querySelectorAll('[data-engage-open]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    window.Engage = window.Engage || [];
    window.Engage.push(['open', button.dataset.engageOpen]);
  });
}
for (const moment of document.querySelectorAll('time[data-zone]')) {
  const at = new Date(moment.dateTime);
  const clock = (language, timeZone) =>
    new Intl.DateTimeFormat(language, { weekday: 'long', hour: '2-digit', minute: '2-digit', timeZone }).format(at);
  if (clock('en', undefined) !== clock('en', moment.dataset.zone)) {
    moment.textContent = moment.dataset.yours.replace('{time}', clock(document.documentElement.lang));
  }
}
