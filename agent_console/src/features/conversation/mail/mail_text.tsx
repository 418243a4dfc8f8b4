import { lazy, Suspense, useImperativeHandle, type ComponentProps, type RefObject } from 'react';
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
  useImperativeHandle(field, () => ({
    focus: () => editor.current?.focus(),
    // Whoever asks for the field goes on behind what is written.
    selectionEnd: 0,
    value: '',
    setSelectionRange: () => editor.current?.toEnd(),
  }));
  return (
    <Suspense fallback={<div className="rich-editor-waits" />}>
      <RichEditor
        ref={editor}
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
