/** Two bubbles that meet: what was asked, and its answer. */
export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 40 40" aria-hidden>
      <rect width="40" height="40" rx="11" fill="var(--accent)" />
      <path
        d="M10 14.5a5 5 0 0 1 5-5h10a5 5 0 0 1 5 5v3a5 5 0 0 1-5 5h-9l-4.2 3.4a1 1 0 0 1-1.8-.7z"
        fill="var(--accent-text)"
      />
      <path
        d="M18.5 25.5h8.2a6.3 6.3 0 0 0 6.3-6.3v9.3a1 1 0 0 1-1.7.7l-2.1-2.1"
        fill="var(--accent-text)"
        opacity="0.55"
      />
    </svg>
  );
}
