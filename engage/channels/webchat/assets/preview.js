/* The settings' page shows here what it has not saved yet; nobody else may speak to this page. */
(() => {
  const engage = (window.Engage = window.Engage || []);
  addEventListener('message', ({ origin, source, data }) => {
    if (origin !== location.origin || source !== parent || data?.type !== 'engage:look') return;
    document.documentElement.style.colorScheme = data.scheme === 'system' ? '' : data.scheme;
    window.Engage.push(['update', data.look]);
    if (data.open !== undefined) window.Engage.push([data.open ? 'open' : 'close']);
  });
  engage.push(['on', 'error', () => parent.postMessage({ type: 'engage:failed' }, location.origin)]);
  addEventListener('DOMContentLoaded', () => parent.postMessage({ type: 'engage:here' }, location.origin));
})();
