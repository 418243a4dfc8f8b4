// Hands the signed context to the panel when it says that it is ready, and again whenever it asks.
// A sandboxed frame has no origin to address: the page's own policy lets no other origin into the frame.
addEventListener('message', (event) => {
  const panel = document.querySelector('iframe')?.contentWindow;
  if (!panel || event.source !== panel || typeof event.data !== 'object' || event.data === null) return;
  if (event.data.type === 'engage:ready') void hand(panel);
  if (event.data.type === 'engage:height') tell({ type: 'engage:height', height: Number(event.data.height) });
});

async function hand(panel) {
  try {
    const path = `/api/v1/agent/conversations/${document.body.dataset.conversation}/side-panel`;
    const answer = await fetch(path, { method: 'POST', headers: { 'X-Engage-Request': '1' } });
    if (!answer.ok) throw new Error(String(answer.status));
    const { token, expires_at } = await answer.json();
    panel.postMessage({ type: 'engage:context', token, expires_at }, '*');
    tell({ type: 'engage:ready' });
  } catch {
    tell({ type: 'engage:failed' });
  }
}

function tell(message) {
  parent.postMessage(message, location.origin);
}
