// The token stands behind the #: no browser sends it anywhere, and it leaves the address bar at once.
const token = decodeURIComponent(location.hash.slice(1));
history.replaceState(null, '', location.pathname);
const words = JSON.parse(document.getElementById('card').dataset.words);
const locale = document.documentElement.lang === 'de' ? 'de' : 'en-GB';
const [site, said, form, time, cancel, never] = ['site', 'said', 'change', 'time', 'cancel', 'never'].map((id) =>
  document.getElementById(id),
);

const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? '');
const moment = (iso, timeZone) =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(iso));

async function ask(act, more = {}) {
  const response = await fetch(`/api/v1/callback-links/${act}`, {
    method: 'POST',
    credentials: 'omit',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token, ...more }),
  });
  const body = await response.json();
  if (!response.ok) throw Object.assign(new Error(body.detail), { status: response.status });
  return body;
}

function show({ callback, site_name, time_zone, options }) {
  site.textContent = site_name;
  const facts = { number: callback.number, time: callback.slot_at ? moment(callback.slot_at, time_zone) : '' };
  said.textContent = fill(words[callback.state === 'failed' ? 'failed_state' : callback.state], facts);
  cancel.hidden = !callback.can_cancel;
  never.hidden = callback.state === 'calling';
  form.hidden = !options || (!options.now && options.slots.length === 0);
  if (form.hidden) return;
  const at = (value, text) => Object.assign(document.createElement('option'), { value, textContent: text });
  const choices = options.slots.map((slot) => at(slot, moment(slot, time_zone)));
  time.replaceChildren(...(options.now ? [at('', words.at_once)] : []), ...choices);
}

async function act(work) {
  const buttons = document.querySelectorAll('button');
  buttons.forEach((button) => (button.disabled = true));
  try {
    show(await work());
  } catch (problem) {
    if (problem.status === 404) {
      form.hidden = cancel.hidden = never.hidden = true;
    }
    said.textContent = problem.status === 404 ? words.gone : words.failed;
  }
  buttons.forEach((button) => (button.disabled = false));
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void act(() => ask('move', { slot_at: time.value || null }));
});
cancel.addEventListener('click', () => void act(() => ask('cancel')));
never.addEventListener('click', async () => {
  await act(() => ask('never'));
  if (cancel.hidden && said.textContent !== words.failed) said.textContent = words.listed;
});
void act(() => ask('look'));
