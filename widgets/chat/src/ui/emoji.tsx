import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from './context';
import { IconButton } from './parts';

const EMOJI = [...'😀😂😉😊😍😎🤔😅😬😢😭😡🙈🤷👍👎👏🙏💪👋🤝🎉🔥✨⭐✅⚡💡📞📷📦🏠'];
const COLUMNS = 8;

export function EmojiButton({ onPick }: { onPick: (emoji: string) => void }) {
  const { texts } = useApp();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const grid = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!open) return;
    grid.current?.querySelector('button')?.focus();
    const elsewhere = (event: PointerEvent) => {
      const target = event.target as Node;
      if (!grid.current?.contains(target) && !button.current?.contains(target)) setOpen(false);
    };
    document.addEventListener('pointerdown', elsewhere);
    return () => document.removeEventListener('pointerdown', elsewhere);
  }, [open]);

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }

  return (
    <div class="emoji-anchor">
      <IconButton
        icon="smile"
        label={texts.emoji}
        expanded={open}
        buttonRef={button}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <div
          ref={grid}
          class="emoji-grid"
          role="dialog"
          aria-label={texts.emoji}
          onKeyDown={(event) => walk(event, grid.current, close)}
        >
          {EMOJI.map((emoji) => (
            <button
              key={emoji}
              type="button"
              onClick={() => {
                setOpen(false);
                onPick(emoji);
              }}
            >
              {emoji}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  ArrowDown: COLUMNS,
  ArrowUp: -COLUMNS,
};

function walk(event: KeyboardEvent, grid: HTMLElement | null, close: () => void): void {
  if (event.key === 'Escape') {
    event.preventDefault();
    return close();
  }
  const step = STEPS[event.key];
  if (step === undefined || !grid) return;
  event.preventDefault();
  const stops = [...grid.querySelectorAll('button')];
  stops[stops.indexOf(document.activeElement as HTMLButtonElement) + step]?.focus();
}
