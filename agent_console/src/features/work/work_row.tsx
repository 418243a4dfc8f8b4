import { memo } from 'react';
import { AlertCircle, BellRing, CircleCheck, CirclePause, PenLine } from 'lucide-react';
import type { WorkItem } from '@engage/client/src/agent';
import { useNow } from '../../state/clock';
import { useDesk, useLabels } from '../../state/desk_context';
import type { WorkPlace } from '../../state/route';
import { RouteLink } from '../../state/route_link';
import { useStore } from '../../state/store';
import { patienceMs } from '../../state/workspace';
import { texts } from '../../texts';
import { Avatar } from '../../ui/avatar';
import { ChannelMark } from '../../ui/channel_mark';
import { classNames } from '../../ui/class_names';
import { LabelChip } from '../../ui/label_chip';
import { StandingClock } from '../../ui/promise_clock';
import { countdown, exactTime, lasting, listTime } from '../../ui/time_words';
import { pressureOf, type Pressure } from './deadline';

interface WorkRowProps {
  item: WorkItem;
  place: WorkPlace;
  filters?: string | undefined;
  isOpen: boolean;
  isSelected: boolean;
  /** Alone, or with all between it and the one chosen before. */
  onSelect: (item: WorkItem, isRange: boolean) => void;
  /** Something of mine was not sent, or stands half written in the composer. */
  mark: 'failed' | 'draft' | null;
  onTake?: ((item: WorkItem) => void) | undefined;
}

export const WorkRow = memo(function WorkRow({
  item,
  place,
  filters,
  isOpen,
  isSelected,
  onSelect,
  mark,
  onTake,
}: WorkRowProps) {
  const to = { page: 'work', view: place, conversation_id: item.conversation_id, filters } as const;
  const name = item.visitor.name || texts.nobody;
  // In the queue nobody has read anything yet; saying so on each row would say nothing.
  const hasUnread = item.unread > 0 && item.agent !== null && item.state !== 'closed';
  // A mail is known by its subject; a chat's topic is what its first words say.
  const subject = item.channel === 'email' ? item.topic : '';
  const isOver = item.state === 'closed' || item.state === 'abandoned';
  return (
    <div
      className={classNames(
        'work-row',
        isOpen && 'is-open',
        hasUnread && 'has-unread',
        isSelected && 'is-selected',
      )}
    >
      <RouteLink
        to={to}
        aria-current={isOpen ? 'page' : undefined}
        data-row
        onClick={(event) => {
          if (!event.shiftKey) return;
          event.preventDefault();
          onSelect(item, true);
        }}
      >
        <Avatar name={name} size={32} online={isOver ? undefined : item.visitor.online} />
        <span className="work-row-words">
          <span className="work-row-top">
            <span className="work-row-name truncate" dir="auto">
              {name}
            </span>
            <RowTime item={item} />
          </span>
          <span className="work-row-bottom">
            <span className="work-row-channel">
              <ChannelMark channel={item.channel} />
            </span>
            <span className="truncate" dir="auto">
              <RowState item={item} mark={mark} />
              {subject && (
                <span className="work-row-subject">
                  <bdi>{subject}</bdi> –{' '}
                </span>
              )}
              {item.last_author === 'agent' && <span className="work-row-you">{texts.work.you}: </span>}
              {item.last_text || (subject ? '' : item.topic || texts.work.no_topic)}
            </span>
            {hasUnread && (
              <span className="work-row-unread numbers" aria-label={texts.work.unread(item.unread)}>
                {item.unread > 99 ? '99+' : item.unread}
              </span>
            )}
          </span>
          <QueuePlace item={item} />
          <RowLabels ids={item.label_ids} />
        </span>
      </RouteLink>
      <input
        type="checkbox"
        className="work-row-check"
        aria-label={texts.bulk.one(name)}
        checked={isSelected}
        onChange={({ nativeEvent }) =>
          onSelect(item, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
        }
      />
      {onTake && (
        <button type="button" className="work-row-take" onClick={() => onTake(item)}>
          {texts.work.take}
          <span className="visually-hidden"> {name}</span>
        </button>
      )}
    </div>
  );
});

/** The queue, and where the customer stands in it by what he was told. */
function QueuePlace({ item }: { item: WorkItem }) {
  const waits = item.state === 'queued' || item.state === 'offered';
  if (!waits || (!item.place && !item.topic)) return null;
  return (
    <span className="work-row-queue truncate">
      {item.topic && item.queue.name}
      {item.topic && item.place && ' · '}
      {item.place && texts.promises.place(item.place)}
    </span>
  );
}

const LABELS_SHOWN = 3;

function RowLabels({ ids }: { ids: readonly string[] }) {
  const labels = useLabels(ids);
  if (labels.length === 0) return null;
  return (
    <span className="work-row-labels">
      {labels.slice(0, LABELS_SHOWN).map((label) => (
        <LabelChip key={label.id} label={label} />
      ))}
      {labels.length > LABELS_SHOWN && <small>+{labels.length - LABELS_SHOWN}</small>}
    </span>
  );
}

function RowState({ item, mark }: Pick<WorkRowProps, 'item' | 'mark'>) {
  if (mark === 'failed') {
    return (
      <span className="work-row-mark is-bad">
        <AlertCircle size={12} aria-hidden /> {texts.work.failed_send} ·{' '}
      </span>
    );
  }
  if (mark === 'draft') {
    return (
      <span className="work-row-mark is-accent">
        <PenLine size={12} aria-hidden /> {texts.work.draft} ·{' '}
      </span>
    );
  }
  if (item.state === 'parked') {
    return (
      <span className="work-row-mark">
        <CirclePause size={12} aria-hidden /> {texts.states.parked} ·{' '}
      </span>
    );
  }
  if (item.state === 'offered') {
    return (
      <span className="work-row-mark">
        <BellRing size={12} aria-hidden /> {texts.states.offered} ·{' '}
      </span>
    );
  }
  if (item.state === 'wrapping_up') {
    return (
      <span className="work-row-mark">
        <CircleCheck size={12} aria-hidden /> {texts.states.wrapping_up} ·{' '}
      </span>
    );
  }
  return null;
}

function pressureWords({ kind, tone, ms }: Pressure): string {
  if (kind === 'wait') return texts.work.waiting(ms < 60_000 ? countdown(ms) : lasting(ms));
  return tone === 'breach' ? texts.work.overdue(countdown(ms)) : texts.work.due_in(countdown(ms));
}

/** The promise while there is one, else the wait, else when something was last said. */
function RowTime({ item }: { item: WorkItem }) {
  const now = useNow();
  const desk = useDesk();
  const patience = useStore(desk.work.store, (state) => patienceMs(state, item.channel));
  const pressure = pressureOf(item, now, patience);
  if (pressure) {
    return (
      <>
        <span className={`work-row-time numbers tone-${pressure.tone}`}>{pressureWords(pressure)}</span>
        <span className={`work-row-bar tone-${pressure.tone}`} aria-hidden>
          <span style={{ transform: `scaleX(${pressure.used})` }} />
        </span>
      </>
    );
  }
  if (item.clock && item.clock.left_seconds !== null) return <StandingClock clock={item.clock} />;
  const back = item.state === 'parked' ? item.due_at : null;
  const at = back ?? item.last_at ?? item.opened_at;
  const time = listTime(at, now);
  return (
    <time className="work-row-time numbers" dateTime={at} title={exactTime(at)}>
      {back ? texts.work.until(time) : time}
    </time>
  );
}
