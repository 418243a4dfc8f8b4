import { useEffect, useImperativeHandle, useLayoutEffect, useRef, type KeyboardEvent, type Ref } from 'react';
import { baseKeymap, chainCommands, exitCode, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import { history, redo, undo } from 'prosemirror-history';
import { inputRules, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import type { NodeType } from 'prosemirror-model';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import { EditorState, Selection, TextSelection, type Command } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import type { Token } from '../token';
import type { Form, RichHandle } from './rich_handle';
import { fromDraft, schema, toDraft, toHtml, toPlain } from './rich_text_form';
import './rich_editor.css';

const { strong, em, link } = schema.marks;
const { bullet_list, ordered_list, list_item, blockquote, hard_break, paragraph } = schema.nodes;

const lineBreak: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(hard_break.create()).scrollIntoView());
  return true;
};

const inList = (kind: NodeType): Command =>
  chainCommands(liftIfIn(kind), wrapInList(kind), liftListItem(list_item));

/** The same button takes the list away again. */
function liftIfIn(kind: NodeType): Command {
  return (state, dispatch, view) => {
    const { $from } = state.selection;
    for (let depth = $from.depth; depth > 0; depth -= 1)
      if ($from.node(depth).type === kind) return liftListItem(list_item)(state, dispatch, view);
    return false;
  };
}

const FORMS: Record<Exclude<Form, 'link'>, Command> = {
  strong: toggleMark(strong),
  em: toggleMark(em),
  bullets: inList(bullet_list),
  numbers: inList(ordered_list),
  quote: chainCommands(wrapIn(blockquote), setBlockType(paragraph)),
};

const plugins = [
  history(),
  inputRules({
    rules: [
      wrappingInputRule(/^\s*([-+*])\s$/, bullet_list),
      wrappingInputRule(/^(\d+)\.\s$/, ordered_list, (found) => ({ order: Number(found[1]) })),
      wrappingInputRule(/^\s*>\s$/, blockquote),
    ],
  }),
  keymap({
    'Mod-b': FORMS.strong,
    'Mod-i': FORMS.em,
    'Mod-z': undo,
    'Mod-y': redo,
    'Shift-Mod-z': redo,
    'Shift-Mod-7': FORMS.numbers,
    'Shift-Mod-8': FORMS.bullets,
    'Shift-Mod-9': FORMS.quote,
    Enter: splitListItem(list_item),
    'Shift-Enter': chainCommands(exitCode, lineBreak),
    'Mod-[': liftListItem(list_item),
    'Mod-]': sinkListItem(list_item),
  }),
  keymap(baseKeymap),
];

interface RichEditorProps {
  ref: Ref<RichHandle>;
  value: string;
  label: string;
  describedBy: string;
  placeholder: string;
  onChange: (draft: string) => void;
  /** The words of the paragraph up to and after the caret, and where it stands. */
  onCaret: (text: string, caret: number) => void;
  onKeyDown: (event: KeyboardEvent) => boolean;
  onFiles: (files: FileList) => boolean;
  onBlur: () => void;
}

/** Words with their form. What it holds is the draft's; it is drawn anew only when that changed elsewhere. */
export default function RichEditor(props: RichEditorProps) {
  const { ref, value, label, describedBy, placeholder } = props;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const known = useRef(value);
  const now = useRef(props);
  useEffect(() => {
    now.current = props;
  });

  useLayoutEffect(() => {
    if (!place.current) return;
    const made = new EditorView(place.current, {
      state: EditorState.create({ doc: fromDraft(value), plugins }),
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        'aria-describedby': describedBy,
        dir: 'auto',
      },
      dispatchTransaction(change) {
        made.updateState(made.state.apply(change));
        tellCaret(made, now.current.onCaret);
        place.current?.toggleAttribute('data-empty', isEmpty(made));
        if (!change.docChanged) return;
        known.current = isEmpty(made) ? '' : toDraft(made.state.doc);
        now.current.onChange(known.current);
      },
      handlePaste: (_view, event) =>
        now.current.onFiles(event.clipboardData?.files ?? new DataTransfer().files),
      handleDOMEvents: { blur: () => void now.current.onBlur() },
    });
    place.current.toggleAttribute('data-empty', isEmpty(made));
    view.current = made;
    return () => made.destroy();
    // Made once; all that changes is read when it is needed.
  }, []);

  useEffect(() => {
    const made = view.current;
    if (!made || value === known.current) return;
    known.current = value;
    const state = EditorState.create({ doc: fromDraft(value), plugins });
    made.updateState(state.apply(state.tr.setSelection(Selection.atEnd(state.doc))));
    place.current?.toggleAttribute('data-empty', isEmpty(made));
    tellCaret(made, now.current.onCaret);
  }, [value]);

  useImperativeHandle(ref, () => ({
    focus: () => view.current?.focus(),
    toEnd: () => toEnd(view.current),
    form: (form, href) => applyForm(view.current, form, href),
    has: (form) => hasForm(view.current, form),
    insert: (words) => insert(view.current, words),
    put: (token, words) => put(view.current, token, words),
    content: () => contentOf(view.current),
  }));

  return (
    <div
      ref={place}
      className="rich-editor"
      data-placeholder={placeholder}
      onKeyDownCapture={(event) => {
        if (now.current.onKeyDown(event)) event.stopPropagation();
      }}
    />
  );
}

function isEmpty({ state: { doc } }: EditorView): boolean {
  return doc.childCount <= 1 && doc.textContent === '' && (doc.firstChild?.type ?? paragraph) === paragraph;
}

function tellCaret({ state }: EditorView, tell: RichEditorProps['onCaret']): void {
  const { $head } = state.selection;
  const block = $head.parent;
  if (block.isTextblock) tell(block.textBetween(0, block.content.size, '\n', '\n'), $head.parentOffset);
}

function toEnd(view: EditorView | null): void {
  if (view) view.dispatch(view.state.tr.setSelection(Selection.atEnd(view.state.doc)));
}

function applyForm(view: EditorView | null, form: Form, href?: string): void {
  if (!view) return;
  if (form === 'link') setLink(view, href ?? '');
  else FORMS[form](view.state, view.dispatch, view);
  view.focus();
}

function setLink(view: EditorView, href: string): void {
  const { from, to, empty } = view.state.selection;
  const { tr } = view.state;
  if (href === '') tr.removeMark(from, to, link);
  else if (empty) tr.replaceSelectionWith(schema.text(href, [link.create({ href })]), false);
  else tr.addMark(from, to, link.create({ href }));
  view.dispatch(tr);
}

function hasForm(view: EditorView | null, form: Form): boolean {
  if (!view || (form !== 'strong' && form !== 'em' && form !== 'link')) return false;
  const { from, to, empty, $from } = view.state.selection;
  const mark = schema.marks[form];
  if (!mark) return false;
  return empty
    ? mark.isInSet(view.state.storedMarks ?? $from.marks()) !== undefined
    : view.state.doc.rangeHasMark(from, to, mark);
}

function insert(view: EditorView | null, words: string): void {
  if (!view) return;
  const { $from } = view.state.selection;
  const before = $from.parent.textBetween(
    Math.max(0, $from.parentOffset - 1),
    $from.parentOffset,
    '\n',
    '\n',
  );
  view.dispatch(view.state.tr.insertText(before === '' || /\s/.test(before) ? words : ` ${words}`));
  view.focus();
}

/** Words in the place of what was typed after a sign; each empty line begins a paragraph. */
function put(view: EditorView | null, token: Token, words: string): void {
  if (!view) return;
  const start = view.state.selection.$head.start();
  const { tr } = view.state;
  tr.delete(start + token.from, start + token.to);
  const at = start + token.from;
  const doc = fromDraft(words);
  if (doc.childCount === 1 && doc.firstChild?.isTextblock) tr.insert(at, doc.firstChild.content);
  else tr.replaceSelection(doc.slice(0, doc.content.size));
  const end = Math.min(tr.mapping.map(start + token.to), tr.doc.content.size);
  view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(end))).scrollIntoView());
  view.focus();
}

function contentOf(view: EditorView | null): { text: string; html: string | null } {
  if (!view) return { text: '', html: null };
  return { text: toPlain(view.state.doc), html: toHtml(view.state.doc) };
}
