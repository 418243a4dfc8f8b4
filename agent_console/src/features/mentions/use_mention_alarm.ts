import { useEffect } from 'react';
import { useDesk } from '../../state/desk_context';
import { useStore } from '../../state/store';
import { texts } from '../../texts';

/** A notification of the desktop for who looks elsewhere; a click leads to the note. */
export function useMentionAlarm(): void {
  const { preferences, router, work } = useDesk();
  const mention = useStore(work.store, (state) => state.last_mention);
  const notify = useStore(preferences, (all) => all.desktop_notifications);
  useEffect(() => {
    if (!mention || !notify || !('Notification' in window)) return;
    if (Notification.permission !== 'granted' || document.hasFocus()) return;
    const title = texts.desk.mentions.notification(mention.by);
    const notification = new Notification(title, { body: mention.text, tag: mention.id });
    notification.onclick = () => {
      window.focus();
      router.go({ page: 'work', view: 'mine', conversation_id: mention.conversation_id });
      notification.close();
    };
  }, [mention, notify, router]);
}
