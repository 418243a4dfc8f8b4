import { expect, it } from 'vitest';
import { anItem, anOffer, aWorkspace } from './fixtures';
import { myStatus } from './routing_status';

const presence = { presence: 'available', reason: null, reason_id: null, since: '', set_by: null } as const;

it('counts what is held and what rings by weight, and leaves out what is parked', () => {
  const mine = [anItem({ weight: 2 }), anItem({ engagement_id: 'e2', state: 'parked' })];
  expect(myStatus(aWorkspace({ capacity: 4, mine }))).toEqual({ is: 'has', held: 2, capacity: 4 });
  expect(myStatus(aWorkspace({ capacity: 4, mine, offers: [anOffer('o1')] }))).toEqual({
    is: 'ringing',
    held: 3,
    capacity: 4,
  });
  expect(myStatus(aWorkspace({ capacity: 2, mine })).is).toBe('full');
});

it('gets nothing new while he is not available', () => {
  expect(myStatus(aWorkspace({ presence: { ...presence, presence: 'away' } })).is).toBe('paused');
});
