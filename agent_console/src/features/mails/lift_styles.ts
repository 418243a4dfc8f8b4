/** Where a mail's inline style waits until it may be set through the CSSOM. */
export const STYLE_ATTRIBUTE = 'data-mail-style';

const SHEET = /<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi;
const TAG = /<[a-z][^>]*>/gi;
const STYLE = /(\s)style(\s*=)/gi;

export interface Lifted {
  html: string;
  sheets: string[];
}

/**
 * Takes the styles out of a mail's markup before a parser sees them: even a document that is never shown
 * reports each of them as a breach of the page's CSP.
 */
export function liftStyles(html: string): Lifted {
  const sheets: string[] = [];
  const bare = html.replace(SHEET, (_whole, css: string) => {
    sheets.push(css);
    return '';
  });
  return { html: bare.replace(TAG, (tag) => tag.replace(STYLE, `$1${STYLE_ATTRIBUTE}$2`)), sheets };
}
