import type { CallbackView } from '@engage/client';
import { useEffect, useState } from 'preact/hooks';
import type { Conversation } from '../state/state';
import { useApp } from '../ui/context';
import { Failed, Skeleton } from '../ui/parts';

/** Most visitors never ask for a call, so all of it is a file of its own. */
type Parts = typeof import('./call');
let loaded: Parts | null = null;

function useParts(): { parts: Parts | null; failed: boolean; load: () => void } {
  const [parts, setParts] = useState(loaded);
  const [failed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    import('./call').then(
      (found) => {
        loaded = found;
        setParts(found);
      },
      () => setFailed(true),
    );
  };
  useEffect(() => {
    if (parts === null) load();
  }, []);
  return { parts, failed, load };
}

/** Asking to be called; `from` is the chat that waits. */
export function CallView({ from }: { from: string | null }) {
  const { texts } = useApp();
  const { parts, failed, load } = useParts();
  if (parts !== null) return <parts.CallForm from={from} />;
  return (
    <div class="view">
      <main class="scroll padded">
        {failed ? <Failed text={texts.callFailed} onRetry={load} /> : <Skeleton rows={5} />}
      </main>
    </div>
  );
}

/** What may be chosen instead of waiting. */
export function InsteadPart(props: { conversation: Conversation }) {
  const { parts } = useParts();
  return parts && <parts.Instead {...props} />;
}

/** How a call-back stands, in its conversation. */
export function CallPart({ call }: { call: CallbackView }) {
  const { parts } = useParts();
  return parts && <parts.CallCard call={call} />;
}
