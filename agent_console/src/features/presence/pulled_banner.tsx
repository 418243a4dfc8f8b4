import { Hourglass } from 'lucide-react';
import { useDesk } from '../../state/desk_context';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import './presence_switch.css';

/** Nobody matches: what waits still reaches people, but later, and they should know that it is not them. */
export function PulledBanner() {
  const { work } = useDesk();
  const routing = useStore(work.store, (state) => state.routing);
  if (routing === 'matched') return null;
  return (
    <div role="status" className="paused-banner">
      <Hourglass size={15} aria-hidden />
      {texts.handling.presence.pulled}
    </div>
  );
}
