import { memo } from 'react';
import type { BoardAgent, BoardWork, PresenceName } from '@engage/client/src/agent';
import { useDesk } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';
import { presenceWords } from '../../state/presence_words';
import { longStatus, shortStatus, statusOfAgent, type RoutingStatus } from '../../state/routing_status';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { Avatar } from '../../ui/avatar';
import { ChannelMark } from '../../ui/channel_mark';
import { Menu, MenuItem, MenuLabel } from '../../ui/menu';
import { Age } from './age';
import type { Asked } from './board_page';
import { nameOf, type Acts } from './use_board';
import { WorkItems } from './work_menu';

const words = texts.board.people;
const PRESENCES: readonly PresenceName[] = ['available', 'busy', 'away', 'break', 'offline'];

interface AgentCardProps {
  agent: BoardAgent;
  held: readonly BoardWork[];
  onAsk: (asked: Asked) => void;
  acts: Acts;
}

/** One person: what he is and since when, how full his hands are, and what is in them. */
export const AgentCard = memo(function AgentCard({ agent, held, onAsk, acts }: AgentCardProps) {
  return (
    <li className="board-agent" data-presence={agent.online ? agent.presence : 'lost'}>
      <AgentHead agent={agent} />
      <CapacityBar
        load={agent.load}
        capacity={agent.capacity}
        status={statusOfAgent(
          agent,
          held.some(({ state }) => state === 'offered'),
        )}
      />
      {held.length === 0 ? (
        <p className="board-idle">{words.idle}</p>
      ) : (
        <ul className="board-held" aria-label={words.holds}>
          {held.map((work) => (
            <HeldWork key={work.engagement_id} work={work} onAsk={onAsk} acts={acts} />
          ))}
        </ul>
      )}
    </li>
  );
});

function AgentHead({ agent }: { agent: BoardAgent }) {
  const { api, notices, work } = useDesk();
  const names = texts.presence.names;
  const isLost = !agent.online && agent.presence !== 'offline';
  async function set(presence: PresenceName): Promise<void> {
    try {
      const path = { agent_id: agent.id };
      await api.put(
        '/api/v1/agent/colleagues/{agent_id}/presence',
        { presence, reason: null, reason_id: null },
        { path },
      );
      notices.say(texts.board.acts.presence_set(agent.name, names[presence]));
    } catch (failure) {
      notices.say(wordsFor(failure), 'bad');
    }
  }
  const reasons = useStore(work.store, (state) => state.presence_reasons);
  const said = isLost ? words.not_connected : presenceWords(agent, reasons);
  return (
    <Menu
      align="start"
      label={words.acts(agent.name)}
      trigger={
        <button type="button" className="board-agent-head">
          <span className="board-face">
            <Avatar name={agent.name} picture={agent.picture} size={32} />
            <span className="board-dot" aria-hidden />
          </span>
          <span className="board-agent-words">
            <bdi className="truncate board-name">{agent.name}</bdi>
            <span className="board-agent-state">
              <span className="truncate">
                {said}
                {agent.set_by !== null && ` (${words.set_by(agent.set_by)})`}
              </span>
              <Age since={agent.since} />
            </span>
          </span>
        </button>
      }
    >
      <MenuLabel>{words.presence}</MenuLabel>
      {PRESENCES.map((one) => (
        <MenuItem
          key={one}
          mark={<span className="board-dot board-dot-still" data-presence={one} aria-hidden />}
          label={names[one]}
          chosen={one === agent.presence}
          onSelect={() => void set(one)}
        />
      ))}
    </Menu>
  );
}

interface CapacityBarProps {
  load: number;
  capacity: number;
  status: RoutingStatus;
}

/** What the router sees of him, apart from what he says. */
function CapacityBar({ load, capacity, status }: CapacityBarProps) {
  const label = words.load(load, capacity);
  return (
    <div className="board-status" title={longStatus(status)}>
      <div
        className="board-load"
        role="img"
        aria-label={label}
        data-tone={load > capacity ? 'bad' : load === capacity ? 'full' : undefined}
      >
        {Array.from({ length: Math.min(Math.max(capacity, load), 12) }, (_, at) => (
          <span key={at} data-used={at < load || undefined} data-over={at >= capacity || undefined} />
        ))}
      </div>
      <small data-status={status.is}>{shortStatus(status)}</small>
    </div>
  );
}

function stateOf(work: BoardWork): string | null {
  if (work.state === 'offered') return words.ringing;
  if (work.state === 'parked') return words.parked;
  return work.state === 'wrapping_up' ? words.wrapping_up : null;
}

function HeldWork({ work, onAsk, acts }: { work: BoardWork; onAsk: (asked: Asked) => void; acts: Acts }) {
  const state = stateOf(work);
  return (
    <li>
      <Menu
        label={texts.board.waiting.acts(nameOf(work))}
        align="start"
        trigger={
          <button type="button" className="board-held-work" data-state={work.state}>
            <ChannelMark channel={work.channel} size={12} />
            <bdi className="truncate">{nameOf(work)}</bdi>
            {state && <small>{state}</small>}
            <Age since={work.state_since} />
          </button>
        }
      >
        <WorkItems work={work} acts={acts} onAsk={onAsk} />
      </Menu>
    </li>
  );
}
