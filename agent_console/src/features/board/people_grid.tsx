import { memo, useMemo, useRef, useState } from 'react';
import { UsersRound } from 'lucide-react';
import type { BoardWork } from '@engage/client/src/agent';
import {
  grouped,
  heldByEach,
  isFree,
  keptLists,
  type BoardState,
  type Group,
  type Grouping,
} from '../../state/board';
import { texts } from '../../texts';
import { Empty } from '../../ui/empty';
import { Segments } from '../../ui/segments';
import { AgentCard } from './agent_card';
import type { Asked } from './board_page';
import { CentreSwitch } from './centre_switch';
import type { Acts } from './use_board';
import './people_grid.css';

const words = texts.board.people;
const NOTHING: readonly BoardWork[] = [];

interface PeopleGridProps {
  state: BoardState;
  only: string | null;
  onAsk: (asked: Asked) => void;
  acts: Acts;
}

/** Who is there, by place or team, with what each of them holds. */
export const PeopleGrid = memo(function PeopleGrid({ state, only, onAsk, acts }: PeopleGridProps) {
  const [by, setBy] = useState<Grouping>('centre');
  const held = useHeld(state);
  const people = useMemo(
    () => [...state.agents.values()].filter(({ queue_ids }) => only === null || queue_ids.includes(only)),
    [state.agents, only],
  );
  const groups = useMemo(() => grouped(state, by, people), [state, by, people]);
  return (
    <section className="board-people" aria-label={words.title}>
      <div className="board-card-header">
        <h2>{words.title}</h2>
        {state.teams.length > 0 && (
          <Segments
            label={words.by}
            options={[
              ['centre', words.by_centre],
              ['team', words.by_team],
            ]}
            value={by}
            onChange={setBy}
          />
        )}
      </div>
      {people.length === 0 && groups.length === 0 ? (
        <Empty icon={UsersRound} title={words.empty} hint={words.empty_hint} />
      ) : (
        groups.map((group) => (
          <PeopleGroup key={group.id} group={group} by={by} held={held} onAsk={onAsk} acts={acts} />
        ))
      )}
    </section>
  );
});

function useHeld(state: BoardState): ReadonlyMap<string, readonly BoardWork[]> {
  const before = useRef<ReadonlyMap<string, readonly BoardWork[]>>(new Map());
  return useMemo(() => {
    before.current = keptLists(before.current, heldByEach(state));
    return before.current;
  }, [state]);
}

interface PeopleGroupProps {
  group: Group;
  by: Grouping;
  held: ReadonlyMap<string, readonly BoardWork[]>;
  onAsk: (asked: Asked) => void;
  acts: Acts;
}

function PeopleGroup({ group, by, held, onAsk, acts }: PeopleGroupProps) {
  const [showsAll, setShowsAll] = useState(false);
  const isThere = (id: string, presence: string) => presence !== 'offline' || held.has(id);
  const there = group.agents.filter(({ id, presence }) => isThere(id, presence));
  const away = group.agents.length - there.length;
  const shown = showsAll ? group.agents : there;
  const name = group.name ?? (by === 'centre' ? words.nowhere : words.no_team);
  return (
    <section className="board-group" aria-label={name}>
      <div className="board-group-header">
        <h3>
          <bdi>{name}</bdi>
        </h3>
        <span className="board-group-count">
          <bdi>{words.count(group.agents.length, group.agents.filter(isFree).length)}</bdi>
        </span>
        {group.centre && <CentreSwitch centre={group.centre} />}
      </div>
      {shown.length > 0 && (
        <ul className="board-agents">
          {shown.map((agent) => (
            <AgentCard
              key={agent.id}
              agent={agent}
              held={held.get(agent.id) ?? NOTHING}
              onAsk={onAsk}
              acts={acts}
            />
          ))}
        </ul>
      )}
      {away > 0 && (
        <button
          type="button"
          className="board-clear"
          aria-expanded={showsAll}
          onClick={() => setShowsAll(!showsAll)}
        >
          <bdi>{showsAll ? words.hide_offline : words.offline(away)}</bdi>
        </button>
      )}
    </section>
  );
}
