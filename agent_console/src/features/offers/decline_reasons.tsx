import { useLayoutEffect } from 'react';
import type { DeclineReason, Offer } from '@engage/client/src/agent';
import { useDesk } from '../../state/desk_context';
import { texts } from '../../texts';
import { Keys } from '../../ui/keys';
import { declineFor } from './decline';

const COVERS = 'dialog[open], [role="menu"]';
const FIELD = 'input, textarea, select, [contenteditable]';
const MOST_KEYS = 9;

interface DeclineReasonsProps {
  offer: Offer;
  reasons: readonly DeclineReason[];
}

/** The reasons of the site, each under its digit; D once more goes without one, Escape back. */
export function DeclineReasons({ offer, reasons }: DeclineReasonsProps) {
  const desk = useDesk();
  const words = texts.handling.declining;
  // Before it is painted: who sees the digits may press them.
  useLayoutEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector(COVERS)) return;
      if (event.target instanceof Element && event.target.closest(FIELD)) return;
      const chosen = reasons.slice(0, MOST_KEYS)[Number(event.key) - 1];
      const isBack = event.key === 'Escape';
      if (!isBack && !(chosen && desk.preferences.get().single_keys)) return;
      event.preventDefault();
      event.stopPropagation();
      if (chosen) declineFor(desk, offer, chosen);
      else desk.declining.set(null);
    };
    window.addEventListener('keydown', hear, true);
    return () => window.removeEventListener('keydown', hear, true);
  }, [desk, offer, reasons]);
  return (
    <div className="offer-reasons" role="group" aria-label={words.why}>
      <p className="offer-more">{words.why}</p>
      {reasons.map((reason, at) => (
        <button key={reason.id} type="button" onClick={() => declineFor(desk, offer, reason)}>
          <bdi className="truncate">{reason.label}</bdi>
          {at < MOST_KEYS && <Keys of={(at + 1).toString()} />}
        </button>
      ))}
      <button type="button" data-look="quiet" onClick={() => declineFor(desk, offer, null)}>
        <span>{words.without}</span>
        <Keys of="D" />
      </button>
    </div>
  );
}
