// The token stands behind the #: no browser sends it anywhere, and it leaves the address bar at once.
const token = decodeURIComponent(location.hash.slice(1));
history.replaceState(null, '', location.pathname);
const words = JSON.parse(document.getElementById('card').dataset.words);
const [said, close] = ['said', 'close'].map((id) => document.getElementById(id));

async function ask() {
  const response = await fetch('/api/v1/mail-links/solved', {
    method: 'POST',
    credentials: 'omit',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  return response.status;
}

close.hidden = false;
close.addEventListener('click', async () => {
  close.disabled = true;
  const status = await ask().catch(() => 0);
  said.textContent = status === 200 ? words.done : status === 404 ? words.gone : words.failed;
  close.hidden = status === 200 || status === 404;
  close.disabled = false;
});
