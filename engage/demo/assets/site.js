// The carrier's own script: opens the widget from its buttons and plays the address check.
for (const button of document.querySelectorAll('[data-engage-open]')) {
  button.addEventListener('click', () => {
    window.Engage = window.Engage || [];
    window.Engage.push(['open', button.dataset.engageOpen]);
  });
}

for (const form of document.querySelectorAll('[data-address-check]')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const street = new FormData(form).get('street').trim();
    form.querySelector('[data-address-answer]').textContent =
      `${street}: fibre with up to 1,000 megabits, from 7 days on. (An example: nothing was sent.)`;
  });
}

const desk = document.getElementById('desk');
const openDesk = () => {
  if (location.hash === '#desk') desk.open = true;
};
addEventListener('hashchange', openDesk);
openDesk();
