import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from './context';

/** A short break is not worth a word: most lines are back before anybody reads it. */
const PATIENCE_MS = 1_500;
const BACK_MS = 2_500;

type Shown = 'nothing' | 'reconnecting' | 'offline' | 'back';

/** Says how the connection is. It lies over the conversation, so that nothing jumps. */
export function ConnectionBanner() {
  const { state, texts } = useApp();
  const [shown, setShown] = useState<Shown>('nothing');
  const current = useRef(shown);
  current.current = shown;

  useEffect(() => {
    if (state.line === 'online') {
      if (current.current === 'nothing') return;
      setShown('back');
      const timer = setTimeout(() => setShown('nothing'), BACK_MS);
      return () => clearTimeout(timer);
    }
    const next = state.line;
    const timer = setTimeout(
      () => setShown(next),
      next === 'offline' || current.current !== 'nothing' ? 0 : PATIENCE_MS,
    );
    return () => clearTimeout(timer);
  }, [state.line]);

  const words: Record<Shown, string> = {
    nothing: '',
    reconnecting: texts.reconnecting,
    offline: texts.offline,
    back: texts.online,
  };
  return (
    <div class={`banner banner-${shown}`} role="status">
      {words[shown] !== '' && <span>{words[shown]}</span>}
    </div>
  );
}
