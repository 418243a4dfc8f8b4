// The pages work without this: it only lets the contact button open the widget.
for (const button of document.querySelectorAll('[data-engage-open]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    window.Engage = window.Engage || [];
    window.Engage.push(['open', button.dataset.engageOpen]);
  });
}
