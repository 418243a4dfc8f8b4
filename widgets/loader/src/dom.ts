import { STYLES } from './styles';

/** No innerHTML anywhere: the host page may demand Trusted Types. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  attributes: Record<string, string> = {},
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.className = className;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

export function icon(className: string, path: string): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', className);
  svg.setAttribute('aria-hidden', 'true');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

export const BUBBLE = 'M21 12a8.5 8.5 0 0 1-12.4 7.6L3.5 21l1.4-4.7A8.5 8.5 0 1 1 21 12Z';
export const CHEVRON = 'm5 9 7 7 7-7';
export const CROSS = 'M5 5l14 14M19 5 5 19';

/**
 * The widget's place in the page: outside of body, so that neither a transform on body nor a framework that
 * replaces its children can move or remove it.
 */
export function createMount() {
  const host = document.createElement('engage-widget');
  const shadow = host.attachShadow({ mode: 'open' });
  const root = element('div', '', { dir: 'ltr' });
  adoptStyles(shadow);
  shadow.append(root);
  document.documentElement.append(host);
  const guard = new MutationObserver(() => {
    if (!host.isConnected) document.documentElement.append(host);
  });
  guard.observe(document.documentElement, { childList: true });
  return {
    host,
    shadow,
    root,
    remove() {
      guard.disconnect();
      host.remove();
    },
  };
}

/** A constructed sheet needs no 'unsafe-inline' from the host's policy; a style element would. */
function adoptStyles(shadow: ShadowRoot): void {
  if ('adoptedStyleSheets' in shadow) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    shadow.adoptedStyleSheets = [sheet];
    return;
  }
  const style = document.createElement('style');
  style.textContent = STYLES;
  (shadow as ShadowRoot).append(style);
}
