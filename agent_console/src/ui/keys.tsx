import { texts } from '../texts';
import './keys.css';

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

export const modKey = isApple ? '⌘' : texts.keys.control;

function shown(key: string): string {
  switch (key) {
    case 'Mod':
      return modKey;
    case 'Shift':
      return isApple ? '⇧' : texts.keys.shift;
    case 'Enter':
      return '↵';
    case 'Escape':
      return 'Esc';
    default:
      return key;
  }
}

/** A shortcut as keys. Hidden from screen readers: the action's label says what it is. */
export function Keys({ of: shortcut }: { of: string }) {
  return (
    <span className="keys" aria-hidden>
      {shortcut.split('+').map((key) => (
        <kbd key={key}>{shown(key)}</kbd>
      ))}
    </span>
  );
}
