import { PauseCircle } from 'lucide-react';
import { useDesk } from '../../state/desk_context';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import './presence_switch.css';

/** Nobody said that he is away: the server did, because he missed what was offered, or was gone. One click undoes it. */
export function PausedBanner() {
  const { work } = useDesk();
  const { presence, reason } = useStore(work.store, (state) => state.presence);
  const words = texts.handling.presence;
  const said = { missed_offers: words.missed, connection_lost: words.lost }[reason ?? ''];
  if (said === undefined || presence === 'available') return null;
  return (
    <div role="status" className="paused-banner">
      <PauseCircle size={15} aria-hidden />
      {said}
      <Button onClick={() => void work.setPresence('available', null)}>{words.back}</Button>
    </div>
  );
}
