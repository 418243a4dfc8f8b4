import type { BoardAgent } from '@engage/client/src/agent';
import { texts } from '../texts';
import { holds, partOf, type WorkspaceState } from './workspace';

/** What the router sees of an agent, whatever he says of himself. */
export interface RoutingStatus {
  is: 'ringing' | 'full' | 'has' | 'paused';
  /** Units of his capacity in use, what rings included. */
  held: number;
  capacity: number;
}

function statusOf(held: number, capacity: number, isFull: boolean, rings: boolean, isThere: boolean): RoutingStatus {
  if (!isThere) return { is: 'paused', held, capacity };
  if (rings) return { is: 'ringing', held, capacity };
  return { is: isFull ? 'full' : 'has', held, capacity };
}

/** Of the signed-in agent. */
export function myStatus({ mine, offers, me, presence, capacity }: WorkspaceState): RoutingStatus {
  const takes = mine.filter(
    (item) => (holds(item, me.id) && item.state !== 'parked') || partOf(item, me.id) !== null,
  );
  const rings = offers.map(({ engagement }) => engagement);
  const held = [...takes, ...rings].reduce((sum, { weight }) => sum + weight, 0);
  return statusOf(held, capacity, held >= capacity, offers.length > 0, presence.presence === 'available');
}

/** Of a colleague on the board. */
export function statusOfAgent(agent: BoardAgent, rings: boolean): RoutingStatus {
  return statusOf(agent.load, agent.capacity, agent.is_full, rings, agent.online && agent.presence === 'available');
}

export function shortStatus({ is, held, capacity }: RoutingStatus): string {
  const words = texts.handling.presence.status;
  return is === 'has' ? words.has(held, capacity) : words[is];
}

export function longStatus({ is, held, capacity }: RoutingStatus): string {
  return texts.handling.presence.status_long[is](held, capacity);
}
