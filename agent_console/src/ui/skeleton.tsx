import { useEffect, useState } from 'react';
import { texts } from '../texts';
import './skeleton.css';

const PATIENCE_MS = 300;

/** Most answers come sooner than this; until then nothing flickers. */
function useIsSlow(): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return isSlow;
}

interface SkeletonProps {
  shape: 'rows' | 'timeline' | 'facts';
}

const COUNT = { rows: 7, timeline: 6, facts: 5 } as const;

export function Skeleton({ shape }: SkeletonProps) {
  const isSlow = useIsSlow();
  return (
    <div className={`skeleton skeleton-${shape}`} data-shown={isSlow} role="status">
      <span className="visually-hidden">{isSlow ? texts.loading : ''}</span>
      {Array.from({ length: COUNT[shape] }, (_, at) => (
        <div key={at} className="skeleton-part">
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}
