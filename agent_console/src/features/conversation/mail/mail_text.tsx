import {
  lazy,
  Suspense,
  useCallback,
  useImperativeHandle,
  useRef,
  type ComponentProps,
  type RefObject,
} from 'react';
import type { Field } from '../use_focus_requests';
import type { RichHandle } from './rich_handle';

/** Loaded with the first answer by mail: who only chats never pays for it. */
const RichEditor = lazy(() => import('./rich_editor'));

interface MailTextProps extends Omit<ComponentProps<typeof RichEditor>, 'ref'> {
  field: RefObject<Field | null>;
  editor: RefObject<RichHandle | null>;
  onSend: () => void;
}

/** The words of an answer by mail. Enter makes a line; Ctrl Enter sends. */
export function MailText({ field, editor, onSend, onKeyDown, ...rest }: MailTextProps) {
  /** Where the caret was asked for before the editor was there; who went elsewhere meanwhile keeps his own. */
  const askedAt = useRef<Element | null>(null);
  const came = useCallback(
    (handle: RichHandle | null) => {
      editor.current = handle;
      const from = askedAt.current;
      if (!handle || !from) return;
      askedAt.current = null;
      const at = document.activeElement;
      if (at !== from && at !== document.body) return;
      handle.focus();
      handle.toEnd();
    },
    [editor],
  );
  useImperativeHandle(field, () => ({
    focus: () => {
      if (editor.current) editor.current.focus();
      else askedAt.current = document.activeElement;
    },
    // Whoever asks for the field goes on behind what is written.
    selectionEnd: 0,
    value: '',
    setSelectionRange: () => editor.current?.toEnd(),
  }));
  return (
    <Suspense fallback={<div className="rich-editor-waits" />}>
      <RichEditor
        ref={came}
        {...rest}
        onKeyDown={(event) => {
          if (onKeyDown(event)) return true;
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing)
            return false;
          event.preventDefault();
          onSend();
          return true;
        }}
      />
    </Suspense>
  );
}
