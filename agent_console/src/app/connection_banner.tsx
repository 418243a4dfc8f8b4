import { useEffect, useRef, useState } from 'react';
import { Check, CloudOff, RefreshCw } from 'lucide-react';
import type { LineState } from '@engage/client';
import { useDesk } from '../state/desk_context';
import { useValue } from '../state/store';
import { texts } from '../texts';

/** A new page connects in less than this; only what lasts is worth a banner. */
const PATIENCE_MS = 1_200;
const BACK_SHOWN_MS = 1_800;

/** What to say: nothing for short gaps, and for a moment that the line is back. */
function useSettledState(state: LineState): LineState | null {
  const [shown, setShown] = useState<LineState | null>(null);
  const wasDown = useRef(false);
  useEffect(() => {
    if (state === 'online') {
      if (!wasDown.current) return setShown(null);
      wasDown.current = false;
      setShown('online');
      const timer = setTimeout(() => setShown(null), BACK_SHOWN_MS);
      return () => clearTimeout(timer);
    }
    const timer = setTimeout(
      () => {
        wasDown.current = true;
        setShown(state);
      },
      wasDown.current ? 0 : PATIENCE_MS,
    );
    return () => clearTimeout(timer);
  }, [state]);
  return shown;
}

const ICONS = { online: Check, reconnecting: RefreshCw, offline: CloudOff } as const;

export function ConnectionBanner() {
  const { connection } = useDesk();
  const state = useSettledState(useValue(connection));
  if (state === null) return <div role="status" className="visually-hidden" />;
  const Icon = ICONS[state];
  return (
    <div role="status" className="connection-banner" data-state={state}>
      <Icon size={15} aria-hidden />
      {state === 'online' ? texts.connection.back : texts.connection[state]}
    </div>
  );
}
