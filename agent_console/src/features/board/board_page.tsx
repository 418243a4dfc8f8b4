import { useMemo, useState, type ReactNode } from 'react';
import { CloudOff, LayoutDashboard } from 'lucide-react';
import type { BoardWork } from '@engage/client/src/agent';
import { queueSums, totalsOf, waitingOf, type BoardState } from '../../state/board';
import { useDesk } from '../../state/desk_context';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Skeleton } from '../../ui/skeleton';
import { MoveDialog } from './move_dialog';
import { PeopleGrid } from './people_grid';
import { PushDialog } from './push_dialog';
import { QueueTable } from './queue_table';
import { Tiles } from './tiles';
import { nameOf, useActs, useBoard, useBoardSite } from './use_board';
import { WaitingList } from './waiting_list';
import './board_page.css';

const words = texts.board;

/** Which dialog is open, about which work. */
export type Asked = { about: 'what_if' | 'push' | 'move'; work: BoardWork };

interface BoardPageProps {
  siteKey: string | null;
  /** The router's own explanation, drawn by whoever owns it. */
  whatIf: (work: { engagement_id: string; queue: { name: string } }, onClose: () => void) => ReactNode;
}

/** A live page for supervisors: what waits, who is there and holds what. */
export function BoardPage({ siteKey, whatIf }: BoardPageProps) {
  const { router, board } = useDesk();
  const { site, sites } = useBoardSite(siteKey);
  const { state, failure } = useBoard(site?.id);
  return (
    <div className="board">
      <header className="board-header">
        <div>
          <h1>{words.title}</h1>
          <p>{words.lead}</p>
        </div>
        {sites.length > 1 && (
          <select
            className="field board-site"
            aria-label={words.site}
            value={site?.key}
            onChange={(event) => router.go({ page: 'board', site: event.currentTarget.value })}
          >
            {sites.map((one) => (
              <option key={one.id} value={one.key}>
                {one.name}
              </option>
            ))}
          </select>
        )}
      </header>
      {state ? (
        <LiveBoard key={state.site_id} state={state} whatIf={whatIf} />
      ) : failure ? (
        <Empty icon={CloudOff} title={words.failed} hint={failure}>
          <Button onClick={board.retry}>{texts.retry}</Button>
        </Empty>
      ) : site ? (
        <Skeleton shape="rows" />
      ) : (
        <Empty icon={LayoutDashboard} title={words.failed} />
      )}
    </div>
  );
}

function LiveBoard({ state, whatIf }: { state: BoardState; whatIf: BoardPageProps['whatIf'] }) {
  const [only, setOnly] = useState<string | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const acts = useActs();
  const totals = useMemo(() => totalsOf(state), [state]);
  const sums = useMemo(() => queueSums(state), [state]);
  const waiting = useMemo(() => waitingOf(state), [state]);
  const shown = only === null ? waiting : waiting.filter(({ work }) => work.queue_id === only);
  const onlyName = state.queues.find(({ id }) => id === only)?.name ?? null;
  const close = () => setAsked(null);
  return (
    <div className="board-body">
      <Tiles totals={totals} />
      {state.more > 0 && (
        <p className="board-more" role="status">
          {words.more(state.more)}
        </p>
      )}
      <div className="board-columns">
        <div className="board-column">
          <QueueTable sums={sums} only={only} onOnly={setOnly} />
          <WaitingList
            waiting={shown}
            agents={state.agents}
            queueName={onlyName}
            acts={acts}
            onAsk={setAsked}
          />
        </div>
        <PeopleGrid state={state} only={only} onAsk={setAsked} acts={acts} />
      </div>
      {asked?.about === 'what_if' &&
        whatIf(
          {
            engagement_id: asked.work.engagement_id,
            queue: { name: state.queues.find(({ id }) => id === asked.work.queue_id)?.name ?? '' },
          },
          close,
        )}
      {asked?.about === 'push' && (
        <PushDialog state={state} work={asked.work} name={nameOf(asked.work)} acts={acts} onClose={close} />
      )}
      {asked?.about === 'move' && (
        <MoveDialog state={state} work={asked.work} name={nameOf(asked.work)} acts={acts} onClose={close} />
      )}
    </div>
  );
}
