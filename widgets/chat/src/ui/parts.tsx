import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { State } from '../state/state';
import { useApp } from './context';
import { Icon, type IconName } from './icon';

interface IconButtonProps {
  icon: IconName;
  label: string;
  onClick: () => void;
  size?: number;
  pressed?: boolean;
  expanded?: boolean;
  buttonRef?: RefObject<HTMLButtonElement | null>;
  disabled?: boolean;
}

export function IconButton({
  icon,
  label,
  onClick,
  size,
  pressed,
  expanded,
  buttonRef,
  disabled,
}: IconButtonProps) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      disabled={disabled}
      ref={buttonRef}
      onClick={onClick}
    >
      <Icon name={icon} {...(size ? { size } : {})} />
    </button>
  );
}

export function CloseButton() {
  const { engine, texts, standsAlone } = useApp();
  return standsAlone ? null : <IconButton icon="close" label={texts.close} onClick={engine.close} />;
}

/** The bar on top of every view but the first. */
export function Bar({ children, actions }: { children?: ComponentChildren; actions?: ComponentChildren }) {
  const { engine, texts } = useApp();
  return (
    <header class="bar">
      <IconButton icon="back" label={texts.back} onClick={engine.back} />
      <div class="bar-title">{children}</div>
      {actions}
      <CloseButton />
    </header>
  );
}

/** A face, or the initials of who has none to show. */
export function Face({
  name,
  picture,
  size = 36,
}: {
  name: string;
  picture: string | null;
  size?: 28 | 36 | 40;
}) {
  const [broken, setBroken] = useState(false);
  return (
    <span class={`face face-${size}`} aria-hidden="true">
      {picture !== null && !broken ? (
        <img src={picture} alt="" width={size} height={size} onError={() => setBroken(true)} />
      ) : (
        initials(name)
      )}
    </span>
  );
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? '')][0] ?? '',
  );
  return letters.join('').toLocaleUpperCase();
}

/** Grey shapes where text will stand; only after 300 ms, for most answers are quicker. */
export function Skeleton({ rows = 3 }: { rows?: number }) {
  const { texts } = useApp();
  const late = useLate(300);
  if (!late) return <div class="skeleton" aria-busy="true" />;
  return (
    <div class="skeleton" role="status" aria-label={texts.loading} aria-busy="true">
      {Array.from({ length: rows }, (_, at) => (
        <span key={at} class="skeleton-row" />
      ))}
    </div>
  );
}

export function useLate(ms: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return late;
}

/** Something did not work, what to do now, and the button that does it. */
export function Failed({ text, onRetry }: { text: string; onRetry: () => void }) {
  const { texts } = useApp();
  return (
    <div class="empty" role="alert">
      <Icon name="alert" size={28} />
      <p>{text}</p>
      <button type="button" class="button quiet" onClick={onRetry}>
        {texts.retry}
      </button>
    </div>
  );
}

/** Somebody looks at the panel, and nobody is writing elsewhere on a page that opened it by itself. */
export const mayTakeFocus = (state: State): boolean => state.open && (!state.quiet || document.hasFocus());

/** Moves the focus to where a view begins, each time it is shown. */
export function useFocusOnShow<T extends HTMLElement>(): RefObject<T | null> {
  const { state } = useApp();
  const target = useRef<T>(null);
  useEffect(() => {
    if (mayTakeFocus(state)) target.current?.focus({ preventScroll: true });
  }, [state.open]);
  return target;
}
