import { useMemo, useRef } from 'react';
import { texts } from '../../texts';
import { liftStyles, STYLE_ATTRIBUTE, type Lifted } from './lift_styles';

const DROPPED = 'script, style, meta, link, base, iframe, object, embed, form';

/**
 * A mail's own styles are inline, and this page's CSP (which the frame inherits) refuses inline styles in markup.
 * So they are put aside here and set again through the CSSOM, which it allows. Nothing in the frame can run:
 * it is sandboxed without scripts, and only `data:` pictures are within reach.
 */
function prepare(mail: string): Lifted {
  const { html, sheets } = liftStyles(mail);
  const doc = new DOMParser().parseFromString(html, 'text/html');
  for (const element of doc.querySelectorAll(DROPPED)) element.remove();
  for (const link of doc.querySelectorAll('a[href]')) {
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer');
  }
  return { html: doc.documentElement.outerHTML, sheets };
}

function dress(frame: HTMLIFrameElement, sheets: readonly string[]): void {
  const doc = frame.contentDocument;
  const view = doc?.defaultView;
  if (!doc || !view) return;
  doc.adoptedStyleSheets = sheets.map((text) => {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  for (const element of doc.querySelectorAll<HTMLElement>(`[${STYLE_ATTRIBUTE}]`)) {
    element.style.cssText = element.getAttribute(STYLE_ATTRIBUTE) ?? '';
  }
}

export function MailFrame({ html }: { html: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const prepared = useMemo(() => prepare(html), [html]);
  return (
    <iframe
      ref={frame}
      className="mail-frame"
      title={texts.mails.body}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      srcDoc={prepared.html}
      onLoad={() => frame.current && dress(frame.current, prepared.sheets)}
    />
  );
}
