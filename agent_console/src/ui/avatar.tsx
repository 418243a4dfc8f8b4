import { useState } from 'react';
import { classNames } from './class_names';
import './avatar.css';

interface AvatarProps {
  name: string;
  picture?: string | null;
  size?: 20 | 24 | 32 | 40 | 64;
  /** Undefined: nothing is known about it. */
  online?: boolean | undefined;
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0]?.[0] ?? '';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toUpperCase() || '?';
}

/** The same name always has the same tone. */
export function toneOf(name: string): number {
  let sum = 0;
  for (const sign of name) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 997;
  return sum % 6;
}

export function Avatar({ name, picture, size = 32, online }: AvatarProps) {
  // A picture that was taken away leads nowhere: old entries still name it.
  const [broken, setBroken] = useState<string | null>(null);
  const shown = picture && picture !== broken ? picture : null;
  return (
    // The letters are drawn by CSS: they are a picture of the name, which stands beside it in words.
    <span
      className={classNames('avatar', `avatar-${size}`, `avatar-tone-${toneOf(name)}`)}
      data-initials={shown ? '' : initials(name)}
      aria-hidden
    >
      {shown && <img src={shown} alt="" onError={() => setBroken(shown)} />}
      {online !== undefined && <span className={classNames('avatar-dot', online && 'is-online')} />}
    </span>
  );
}
