/* The settings show here what they have not saved yet; nobody else may speak to this page. */
(() => {
  const engage = (window.Engage = window.Engage || []);
  const say = (type) => parent.postMessage({ type }, location.origin);
  const site = () => document.querySelector('script[data-site]').dataset.site;
  let last = null;

  function show(wanted) {
    last = wanted;
    const { look, scheme, shows } = wanted;
    document.documentElement.style.colorScheme = scheme;
    if (shows) window.Engage.push([shows === 'panel' ? 'open' : 'close']);
    // Its words stand beside the launcher only for who has never opened it.
    if (shows === 'launcher') localStorage.setItem(`engage:${site()}:greeted`, 'false');
    if (dress(scheme === 'dark')) window.Engage.push(['update', { accent: '#000001' }]);
    window.Engage.push(['update', look]);
  }

  /* The widget asks the system; here it is to look as if the system had said so. True if it has to draw anew. */
  function dress(isDark) {
    const shadow = document.querySelector('engage-widget')?.shadowRoot;
    const frame = shadow?.querySelector('iframe')?.contentWindow;
    for (const sheet of shadow?.adoptedStyleSheets ?? []) dye(sheet, isDark);
    for (const sheet of frame?.document.styleSheets ?? []) dye(sheet, isDark);
    if (!frame || frame.isDark === isDark) return false;
    frame.isDark = isDark;
    const ask = (frame.ask ??= frame.matchMedia.bind(frame));
    const answer = { matches: isDark, addEventListener() {}, removeEventListener() {} };
    frame.matchMedia = (query) => (query.includes('color-scheme') ? answer : ask(query));
    return true;
  }

  function dye(sheet, isDark) {
    for (const rule of sheet.cssRules) {
      const isMine = (rule.isMine ??= rule.media?.mediaText.includes('color-scheme: dark') ?? false);
      if (isMine) rule.media.mediaText = isDark ? 'all' : 'not all';
    }
  }

  addEventListener('message', ({ origin, source, data }) => {
    if (origin === location.origin && source === parent && data?.type === 'engage:look') show(data);
  });
  engage.push(['on', 'ready', () => last && show({ ...last, shows: null })]);
  engage.push(['on', 'error', () => say('engage:failed')]);
  addEventListener('DOMContentLoaded', () => say('engage:here'));
})();
