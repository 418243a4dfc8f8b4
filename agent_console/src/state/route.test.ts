import { describe, expect, it } from 'vitest';
import { parsePath, pathOf, type Route } from './route';

describe('the address bar', () => {
  it.each<[string, Route]>([
    ['/console/mine', { page: 'work', view: 'mine', conversation_id: null }],
    ['/console/queue/c1', { page: 'work', view: 'queue', conversation_id: 'c1' }],
    ['/console/closed', { page: 'work', view: 'closed', conversation_id: null }],
    ['/console/mails/m%201', { page: 'mails', mail_id: 'm 1' }],
    ['/console/people/p1', { page: 'people', contact_id: 'p1' }],
    ['/console/all/c1', { page: 'work', view: 'all', conversation_id: 'c1' }],
  ])('%s there and back', (path, route) => {
    expect(parsePath(path)).toEqual(route);
    expect(pathOf(route)).toBe(path);
  });

  it('keeps the filters of a list', () => {
    const route: Route = {
      page: 'work',
      view: 'all',
      conversation_id: null,
      filters: 'state=open&sort=newest',
    };
    expect(pathOf(route)).toBe('/console/all?state=open&sort=newest');
    expect(parsePath('/console/all', '?state=open&sort=newest')).toEqual(route);
  });

  it('shows my work for what it does not know', () => {
    expect(parsePath('/console/')).toEqual({ page: 'work', view: 'mine', conversation_id: null });
    expect(parsePath('/console/nonsense')).toMatchObject({ view: 'mine' });
  });
});
