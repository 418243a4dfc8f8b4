import { Fragment, useMemo, type ReactNode } from 'react';

/** What an answer may be made of; all else is only its words. */
const TAGS: Readonly<
  Record<string, 'p' | 'ul' | 'ol' | 'li' | 'blockquote' | 'strong' | 'em' | 'code' | 'pre' | 'u' | 's'>
> = {
  P: 'p',
  UL: 'ul',
  OL: 'ol',
  LI: 'li',
  BLOCKQUOTE: 'blockquote',
  STRONG: 'strong',
  B: 'strong',
  EM: 'em',
  I: 'em',
  CODE: 'code',
  PRE: 'pre',
  U: 'u',
  S: 's',
};

/** HTML of an answer, built anew from the few elements that it may have: nothing of it is taken over as it is. */
export function FormedText({ html }: { html: string }) {
  const drawn = useMemo(() => {
    const doc = new DOMParser().parseFromString(html, 'text/html');
    return children(doc.body);
  }, [html]);
  return (
    <div className="formed-text" dir="auto">
      {drawn}
    </div>
  );
}

function children(parent: Node): ReactNode[] {
  return [...parent.childNodes].map((node, at) => <Fragment key={at}>{draw(node)}</Fragment>);
}

function draw(node: Node): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (!(node instanceof Element)) return null;
  if (node.tagName === 'BR') return <br />;
  if (node.tagName === 'SCRIPT' || node.tagName === 'STYLE') return null;
  const href = node.tagName === 'A' ? (node.getAttribute('href') ?? '') : '';
  if (/^(https?:|mailto:|tel:)/i.test(href)) {
    return (
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {children(node)}
      </a>
    );
  }
  const Tag = TAGS[node.tagName];
  return Tag ? <Tag>{children(node)}</Tag> : children(node);
}
