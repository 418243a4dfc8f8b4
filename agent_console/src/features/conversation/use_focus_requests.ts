import { useEffect, useState, type RefObject } from 'react';
import { useRequest } from '../../state/desk_context';
import type { ComposerTab } from '../../state/drafts';

/** Where words are typed, whatever draws it. */
export type Field = Pick<HTMLTextAreaElement, 'focus' | 'selectionEnd' | 'value' | 'setSelectionRange'>;

/** Whoever asks for the reply or the note gets its tab, and the caret after what is written there. */
export function useFocusRequests(area: RefObject<Field | null>, choose: (tab: ComposerTab) => void): void {
  const [wanted, setWanted] = useState(0);
  const ask = (tab: ComposerTab) => {
    choose(tab);
    setWanted((count) => count + 1);
  };
  useRequest('focus_reply', () => ask('reply'));
  useRequest('focus_note', () => ask('note'));
  useEffect(() => {
    const field = area.current;
    if (wanted === 0 || !field) return;
    field.focus();
    // A draft that came from elsewhere is gone on with, not written in front of.
    if (field.selectionEnd === 0) field.setSelectionRange(field.value.length, field.value.length);
  }, [area, wanted]);
}
