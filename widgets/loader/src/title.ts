const BLINK_MS = 1_200;

/** Alternates the tab's title with a text while nobody looks at the page. */
export function titleBlinker() {
  let own: string | null = null;
  let shown: string | null = null;
  let timer = 0;

  function stop(): void {
    clearInterval(timer);
    // Only when the page has not changed its title itself meanwhile.
    if (own !== null && document.title === shown) document.title = own;
    own = shown = null;
  }

  function blink(text: string): void {
    stop();
    if (document.visibilityState === 'visible') return;
    timer = window.setInterval(() => {
      if (document.title === shown) {
        document.title = own ?? '';
      } else {
        own = document.title;
        shown = text;
        document.title = text;
      }
    }, BLINK_MS);
  }

  const seen = () => {
    if (document.visibilityState === 'visible') stop();
  };
  document.addEventListener('visibilitychange', seen);

  return {
    say: (text: string | null) => (text === null ? stop() : blink(text)),
    stop() {
      stop();
      document.removeEventListener('visibilitychange', seen);
    },
  };
}
