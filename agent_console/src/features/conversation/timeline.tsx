import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import type { Me } from '@engage/client/src/agent';
import type { LoadedConversation } from '../../state/conversation';
import { useDesk, useRequest } from '../../state/desk_context';
import { useStore } from '../../state/store';
import { serverNow } from '../../state/clock';
import { texts } from '../../texts';
import { dayName } from '../../ui/time_words';
import { EntryView } from './entry_view';
import { OutgoingView } from './outgoing_view';
import { timelineRows, type Row } from './rows';
import './timeline.css';

/** So near the end counts as being there. */
const END_PX = 60;
/** Older entries are asked for before the agent reaches the first one. */
const OLDER_AHEAD = 8;

const ESTIMATE: Record<Row['type'], number> = { beginning: 44, day: 40, unread: 32, entry: 62, outgoing: 62 };

export function Timeline({ view }: { view: LoadedConversation }) {
  const { talk, work } = useDesk();
  const { id } = view.facts.conversation;
  const { entries, more } = view.timeline;
  const me = useStore(work.store, (state) => state.me);
  const outgoing = useStore(talk.outgoing, (all) => all.filter((row) => row.conversation_id === id));
  const { theirs } = view;
  // To who only looks in, everything is new and nothing is.
  const unread_from = view.facts.engagement?.agent?.id === me.id ? view.unread_from : null;
  const rows = useMemo(
    () => timelineRows({ entries, outgoing, more, theirs, unread_from }),
    [entries, outgoing, more, theirs, unread_from],
  );

  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => ESTIMATE[rows[at]?.type ?? 'entry'],
    getItemKey: (at) => rows[at]?.key ?? at,
    overscan: 12,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: END_PX,
    paddingEnd: 8,
  });
  const shown = list.getVirtualItems();
  useRequest('focus_timeline', () => scroller.current?.focus());

  useStartAtTheRightPlace(rows, (at) =>
    at === null ? list.scrollToEnd() : list.scrollToIndex(at, { align: 'start' }),
  );
  useStayAtEndWhenTheRoomShrinks(scroller);

  const first = shown[0]?.index ?? 0;
  useEffect(() => {
    if (more && shown.length > 0 && first < OLDER_AHEAD) void talk.loadOlder(id);
  }, [talk, id, more, first, shown.length]);

  const isAtEnd = list.isAtEnd(END_PX);
  useMarkRead(id, view.timeline.head, isAtEnd, view.facts.engagement?.agent?.id);

  return (
    <div className="timeline">
      <div
        ref={scroller}
        className="timeline-scroller"
        role="log"
        aria-live="off"
        aria-label={texts.conversation.timeline}
        tabIndex={0}
      >
        <div className="timeline-rows" style={{ height: list.getTotalSize() }}>
          {shown.map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <div
                  key={item.key}
                  ref={list.measureElement}
                  data-index={item.index}
                  className="timeline-row"
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <div className="timeline-cell">
                    <RowView row={row} me={me} />
                  </div>
                </div>
              )
            );
          })}
        </div>
      </div>
      {!isAtEnd && shown.length > 0 && (
        <ToEnd view={view} onClick={() => list.scrollToEnd({ behavior: 'smooth' })} />
      )}
      <LatestWords view={view} />
    </div>
  );
}

function RowView({ row, me }: { row: Row; me: Me }) {
  switch (row.type) {
    case 'beginning':
      return <p className="timeline-beginning">{texts.conversation.beginning}</p>;
    case 'day':
      return (
        <p className="timeline-divider">
          <span>{dayName(row.at, serverNow())}</span>
        </p>
      );
    case 'unread':
      return (
        <p className="timeline-divider is-unread">
          <span>{texts.conversation.unread}</span>
        </p>
      );
    case 'entry':
      return <EntryView entry={row.entry} starts={row.starts} ends={row.ends} mark={row.mark} myId={me.id} />;
    case 'outgoing':
      return <OutgoingView outgoing={row.outgoing} starts={row.starts} ends={row.ends} me={me} />;
  }
}

/** At the unread divider when there is one, else at the newest; decided once. */
function useStartAtTheRightPlace(rows: readonly Row[], go: (at: number | null) => void): void {
  const isPlaced = useRef(false);
  useLayoutEffect(() => {
    if (isPlaced.current || rows.length === 0) return;
    isPlaced.current = true;
    const unread = rows.findIndex((row) => row.type === 'unread');
    go(unread < 0 || rows.length - unread < 6 ? null : unread);
  });
}

/** The composer grows, the keyboard of a phone slides in: whoever read the newest goes on reading it. */
function useStayAtEndWhenTheRoomShrinks(scroller: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let height = element.clientHeight;
    const observer = new ResizeObserver(() => {
      const before = height;
      height = element.clientHeight;
      const distance = element.scrollHeight - element.scrollTop - before;
      if (height !== before && distance <= END_PX) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
}

/** Read means: the end is on the screen and somebody sits before it. */
/** Also when he takes what he looks at already: it is his to have read from then on. */
function useMarkRead(id: string, head: number, isAtEnd: boolean, holder: string | undefined): void {
  const { talk } = useDesk();
  const [isSeen, setSeen] = useState(() => document.visibilityState === 'visible');
  useEffect(() => {
    const look = () => setSeen(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  useEffect(() => {
    if (isSeen && isAtEnd) talk.markRead(id);
  }, [talk, id, head, isSeen, isAtEnd, holder]);
}

function ToEnd({ view, onClick }: { view: LoadedConversation; onClick: () => void }) {
  const unread = view.timeline.entries.filter(
    (entry) => entry.seq > view.mine.read_seq && entry.author.kind === 'visitor',
  ).length;
  return (
    <button type="button" className="timeline-to-end" onClick={onClick}>
      <ArrowDown size={14} aria-hidden />
      {unread > 0 ? texts.conversation.new_below(unread) : texts.conversation.to_end}
    </button>
  );
}

/** A virtual list cannot be a live region itself: scrolling would be read out. This one says what is new. */
function LatestWords({ view }: { view: LoadedConversation }) {
  const newest = view.timeline.entries.findLast((entry) => entry.author.kind === 'visitor');
  const [begin] = useState(() => view.timeline.head);
  const isNew = newest !== undefined && newest.seq > begin;
  return (
    <p className="visually-hidden" aria-live="polite">
      {isNew && `${newest.author.name}: ${newest.text}`}
    </p>
  );
}
