import type { TrailStep } from '@engage/client/src/agent';

/** Newest first; the same page seen again and again in a row counts once, at its latest time. */
export function trailToShow(trail: readonly TrailStep[]): TrailStep[] {
  const sorted = [...trail].sort((a, b) => (a.at < b.at ? 1 : -1));
  return sorted.filter((item, at) => {
    const newer = sorted[at - 1];
    if (!newer) return true;
    return !(
      newer.kind === item.kind &&
      newer.url === item.url &&
      newer.query === item.query &&
      newer.slug === item.slug
    );
  });
}
