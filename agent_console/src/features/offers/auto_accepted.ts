import { useEffect } from 'react';
import { useDesk } from '../../state/desk_context';
import { focusReply } from '../../state/focus_reply';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { chime } from './chime';

const BUSY = 'dialog[open], [role="menu"], input, textarea, select, [contenteditable]';

/** What has come to the desk by itself is heard, named and opened; whoever writes or decides something stays there. */
export function useAutoAccepted(): void {
  const desk = useDesk();
  const opened = useStore(desk.work.store, (state) => state.last_opened);
  useEffect(() => {
    if (!opened) return;
    const { conversation_id, visitor } = opened;
    const name = visitor.name || texts.nobody;
    const isBusy = document.activeElement?.closest(BUSY) != null;
    if (desk.preferences.get().sound) chime('firm');
    desk.notices.say(isBusy ? texts.handling.auto.waits(name) : texts.handling.auto.opened(name));
    if (isBusy) return;
    desk.router.go({ page: 'work', view: 'mine', conversation_id });
    focusReply(desk);
  }, [desk, opened]);
}
