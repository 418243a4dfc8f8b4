import { describe, expect, it } from 'vitest';
import type { TrailStep } from '@engage/client/src/agent';
import { trailToShow } from './trail';

const page = (url: string, minute: number): TrailStep => ({
  kind: 'page',
  url,
  title: null,
  query: null,
  slug: null,
  at: `2026-01-05T12:0${minute}:00Z`,
});

describe('the trail', () => {
  it('is newest first, whatever order it came in', () => {
    expect(trailToShow([page('a', 2), page('b', 1), page('c', 3)]).map((item) => item.url)).toEqual([
      'c',
      'a',
      'b',
    ]);
  });

  it('counts a page seen twice in a row once, and again after another', () => {
    const shown = trailToShow([page('a', 1), page('a', 2), page('b', 3), page('a', 4)]);
    expect(shown.map((item) => item.at.slice(14, 16))).toEqual(['04', '03', '02']);
  });
});
