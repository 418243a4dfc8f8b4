import { useRef, useState, type KeyboardEvent } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronsUp, Coffee } from 'lucide-react';
import type { BoardAgent, BoardWork } from '@engage/client/src/agent';
import type { Waiting } from '../../state/board';
import { useDesk } from '../../state/desk_context';
import { texts } from '../../texts';
import { ChannelMark } from '../../ui/channel_mark';
import { Empty } from '../../ui/empty';
import { Age } from './age';
import type { Asked } from './board_page';
import { nameOf, type Acts } from './use_board';
import { WorkMenu } from './work_menu';
import './waiting_list.css';

const ROW_PX = 56;
const words = texts.board.waiting;

interface WaitingListProps {
  waiting: readonly Waiting[];
  agents: ReadonlyMap<string, BoardAgent>;
  queueName: string | null;
  acts: Acts;
  onAsk: (asked: Asked) => void;
}

/** Who waits, in the order of service; a thousand rows cost what twenty cost. */
export function WaitingList({ waiting, agents, queueName, acts, onAsk }: WaitingListProps) {
  const { router } = useDesk();
  const scroller = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useVirtualizer({
    count: waiting.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (at) => waiting[at]?.work.engagement_id ?? at,
    overscan: 6,
  });
  const chosenAt = Math.max(
    0,
    waiting.findIndex(({ work }) => work.engagement_id === chosen),
  );

  function focusAt(at: number): void {
    const next = waiting[Math.min(Math.max(at, 0), waiting.length - 1)];
    if (!next) return;
    const { engagement_id: id } = next.work;
    setChosen(id);
    list.scrollToIndex(waiting.indexOf(next));
    // The row may be drawn only after the list has scrolled to it.
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)?.focus(),
    );
  }

  function onKeyDown(event: KeyboardEvent): void {
    const work = waiting[chosenAt]?.work;
    if (!work || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!(event.target instanceof HTMLElement) || !event.target.dataset.row) return;
    const keys: Record<string, () => unknown> = {
      ArrowDown: () => focusAt(chosenAt + 1),
      ArrowUp: () => focusAt(chosenAt - 1),
      Home: () => focusAt(0),
      End: () => focusAt(waiting.length - 1),
      Enter: () => router.go({ page: 'work', view: 'all', conversation_id: work.conversation_id }),
      w: () => onAsk({ about: 'what_if', work }),
      p: () => onAsk({ about: 'push', work }),
      m: () => onAsk({ about: 'move', work }),
      t: () => acts.take(work),
    };
    const run = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!run) return;
    event.preventDefault();
    run();
  }

  return (
    <section
      className="board-card board-waiting"
      aria-label={queueName === null ? words.title : words.in(queueName)}
    >
      <div className="board-card-header">
        <h2>{queueName === null ? words.title : words.in(queueName)}</h2>
        <span className="board-count numbers">{waiting.length}</span>
      </div>
      {waiting.length === 0 ? (
        <Empty icon={Coffee} title={words.empty} hint={words.empty_hint} />
      ) : (
        <div className="board-rows" ref={scroller} onKeyDown={onKeyDown}>
          <ul aria-label={words.keys} style={{ height: list.getTotalSize() }}>
            {list.getVirtualItems().map((one) => {
              const row = waiting[one.index];
              return (
                row && (
                  <li
                    key={one.key}
                    className="board-row-cell"
                    aria-setsize={waiting.length}
                    aria-posinset={one.index + 1}
                    style={{ transform: `translateY(${one.start.toString()}px)` }}
                  >
                    <Row
                      row={row}
                      agent={row.work.agent_id === null ? undefined : agents.get(row.work.agent_id)}
                      isTabStop={one.index === chosenAt}
                      onChoose={() => setChosen(row.work.engagement_id)}
                    />
                    <WorkMenu work={row.work} acts={acts} onAsk={onAsk} />
                  </li>
                )
              );
            })}
          </ul>
        </div>
      )}
    </section>
  );
}

interface RowProps {
  row: Waiting;
  agent: BoardAgent | undefined;
  isTabStop: boolean;
  onChoose: () => void;
}

function Row({ row: { work, position, queue_name }, agent, isTabStop, onChoose }: RowProps) {
  return (
    <button
      type="button"
      className="board-row"
      data-row={work.engagement_id}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={onChoose}
    >
      <span className="board-place numbers" title={words.position(position, queue_name)}>
        {position}
      </span>
      <span className="board-row-words">
        <span className="board-row-top">
          <ChannelMark channel={work.channel} />
          <bdi className="truncate board-name">{nameOf(work)}</bdi>
          <Marks work={work} agent={agent} />
        </span>
        <span className="board-row-last">
          <bdi className="truncate">{queue_name}</bdi> · <bdi className="truncate">{work.last_text}</bdi>
        </span>
      </span>
      <Age since={work.place_since} kind="wait" />
    </button>
  );
}

function Marks({ work, agent }: { work: BoardWork; agent: BoardAgent | undefined }) {
  return (
    <>
      {work.state === 'offered' && agent && (
        <span className="board-mark truncate" data-tone="info">
          {words.rings(agent.name)}
        </span>
      )}
      {work.refused && (
        <span className="board-mark" data-tone="warn" title={refusalWords(work.refused)}>
          <bdi className="truncate">{refusalWords(work.refused)}</bdi>
        </span>
      )}
      {work.withheld && <span className="board-mark">{words.withheld}</span>}
      {work.boost > 0 && (
        <span className="board-mark" data-tone="accent">
          <ChevronsUp size={12} aria-hidden />
          {words.boosted(work.boost)}
        </span>
      )}
    </>
  );
}

function refusalWords({ agent_name, state, reason }: NonNullable<BoardWork['refused']>): string {
  const { declined, missed, because } = texts.handling.declining;
  const said = state === 'missed' ? missed(agent_name) : declined(agent_name);
  return reason === null ? said : because(said, reason);
}
