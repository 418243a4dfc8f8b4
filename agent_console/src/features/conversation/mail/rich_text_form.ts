import { DOMParser as DocParser, DOMSerializer, type Node as Doc } from 'prosemirror-model';
import { defaultMarkdownParser, defaultMarkdownSerializer, schema } from 'prosemirror-markdown';

/** What an agent writes by mail: kept in the draft as Markdown, sent as HTML with plain words beside it. */
export { schema };

export function fromDraft(draft: string): Doc {
  return defaultMarkdownParser.parse(draft);
}

export function toDraft(doc: Doc): string {
  return defaultMarkdownSerializer.serialize(doc, { tightLists: true });
}

/** What was sent, as a draft again: by its form, or by its plain words with no sign of them taken for a form. */
export function asDraft(text: string, html: string | null): string {
  if (html === null) return toDraft(plainDoc(text));
  const page = new DOMParser().parseFromString(html, 'text/html');
  return toDraft(DocParser.fromSchema(schema).parse(page.body));
}

function plainDoc(text: string): Doc {
  const { paragraph, hard_break } = schema.nodes;
  const paragraphs = text.split(/\n{2,}/).map((block) => {
    const lines = block.split('\n').filter((line) => line !== '');
    return paragraph.create(
      null,
      lines.flatMap((line, at) => [...(at > 0 ? [hard_break.create()] : []), schema.text(line)]),
    );
  });
  return schema.nodes.doc.create(null, paragraphs);
}

/** None where the words have no form: then the plain ones say all. */
export function toHtml(doc: Doc): string | null {
  if (!hasForm(doc)) return null;
  const holder = document.createElement('div');
  holder.append(DOMSerializer.fromSchema(schema).serializeFragment(doc.content));
  return holder.innerHTML;
}

function hasForm(doc: Doc): boolean {
  let found = false;
  doc.descendants((node) => {
    if (node.marks.length > 0 || (node.isBlock && node.type.name !== 'paragraph')) found = true;
    return !found;
  });
  return found;
}

/** As somebody would type it who has no other means: dashes, numbers, and links with their address behind them. */
export function toPlain(doc: Doc): string {
  return blocks(doc, '').join('\n\n').trim();
}

function blocks(parent: Doc, indent: string): string[] {
  const said: string[] = [];
  parent.forEach((node, _offset, at) => {
    switch (node.type.name) {
      case 'bullet_list':
      case 'ordered_list':
        said.push(items(node, indent).join('\n'));
        return;
      case 'blockquote':
        said.push(blocks(node, indent).join('\n\n').replace(/^/gm, '> '));
        return;
      case 'list_item':
        said.push(...blocks(node, indent));
        return;
      default:
        if (node.isTextblock || at > 0) said.push(words(node));
    }
  });
  return said;
}

function items(list: Doc, indent: string): string[] {
  const said: string[] = [];
  const first = (list.attrs.order as number | undefined) ?? 1;
  list.forEach((item, _offset, at) => {
    const sign = list.type.name === 'ordered_list' ? `${String(first + at)}. ` : '- ';
    const room = ' '.repeat(sign.length);
    said.push(indent + sign + blocks(item, '').join('\n').replace(/\n/g, `\n${indent}${room}`));
  });
  return said;
}

function words(block: Doc): string {
  let said = '';
  block.forEach((node) => {
    if (node.type.name === 'hard_break') said += '\n';
    const link = node.marks.find((mark) => mark.type.name === 'link');
    const text = node.text ?? '';
    const href = link ? String(link.attrs.href) : null;
    said += href && href !== text && href !== `mailto:${text}` ? `${text} (${href})` : text;
  });
  return said;
}
