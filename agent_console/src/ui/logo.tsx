/** Two bubbles, one behind the other: what was asked, and its answer. */
export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 40 40" aria-hidden>
      <rect width="40" height="40" rx="11" fill="var(--accent)" />
      <path
        d="M10 14.5a5 5 0 0 1 5-5h10a5 5 0 0 1 5 5v3a5 5 0 0 1-5 5h-9l-4.2 3.4a1 1 0 0 1-1.8-.7z"
        fill="var(--accent-text)"
      />
      <path
        d="M32 19v5.5a5 5 0 0 1-5 5h-.5l-3.4 2.9a.8.8 0 0 1-1.3-.6v-2.3h-1.3a4.5 4.5 0 0 1-4.3-3.2h8.6A7.2 7.2 0 0 0 32 19Z"
        fill="var(--accent-text)"
        opacity="0.6"
      />
    </svg>
  );
}
