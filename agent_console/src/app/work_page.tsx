import { useEffect, useState, useSyncExternalStore } from 'react';
import { X } from 'lucide-react';
import { ContactPane } from '../features/contact/contact_pane';
import { ConversationPane } from '../features/conversation/conversation_pane';
import { WorkPane } from '../features/work/work_pane';
import { useDesk } from '../state/desk_context';
import type { Route } from '../state/route';
import { useStore } from '../state/store';
import { texts } from '../texts';
import { IconButton } from '../ui/button';
import { classNames } from '../ui/class_names';
import { ActionToolbar } from './action_toolbar';
import { ConversationFooter } from './conversation_footer';
import './work_page.css';

const wide = window.matchMedia('(min-width: 1280px)');

function useIsWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      wide.addEventListener('change', listener);
      return () => wide.removeEventListener('change', listener);
    },
    () => wide.matches,
  );
}

/** Three panes where they fit; below that the visitor's pane slides over, and at last one pane at a time. */
export function WorkPage({ route }: { route: Extract<Route, { page: 'work' }> }) {
  const { preferences } = useDesk();
  const id = route.conversation_id;
  const isWide = useIsWide();
  const isWanted = useStore(preferences, (all) => all.context_pane);
  // Where it covers the conversation it opens only when asked for, each time anew.
  const [isOver, setOver] = useState(false);
  useEffect(() => setOver(false), [id]);
  useEffect(() => {
    let last = preferences.get().context_pane;
    return preferences.subscribe(() => {
      const next = preferences.get().context_pane;
      if (next !== last && !wide.matches) setOver((open) => !open);
      last = next;
    });
  }, [preferences]);

  const isOpen = id !== null && (isWide ? isWanted : isOver);
  const toggle = () => preferences.update((all) => ({ ...all, context_pane: !all.context_pane }));

  return (
    <div className={classNames('work-page', id !== null && 'has-open', isOpen && 'has-details')}>
      <WorkPane view={route.view} filters={route.filters} />
      <ConversationPane
        id={id}
        toolbar={<ActionToolbar onDetails={toggle} isDetailsOpen={isOpen} />}
        footer={(view) => <ConversationFooter view={view} />}
      />
      {isOpen && (
        <ContactPane
          key={id}
          conversationId={id}
          close={
            isWide ? null : (
              <div className="work-page-close">
                <IconButton icon={X} label={texts.close} onClick={toggle} />
              </div>
            )
          }
        />
      )}
    </div>
  );
}
