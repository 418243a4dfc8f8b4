import { CalendarClock, CalendarDays, Clock, MessageCircleReply, Sun, type LucideIcon } from 'lucide-react';
import type { WorkItem } from '@engage/client/src/agent';
import { useDesk } from '../../state/desk_context';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { Dialog } from '../../ui/dialog';
import { shortMoment } from '../../ui/time_words';
import { leaveFor } from './next_work';
import { parkTimes, type ParkChoice } from './park_times';
import './park_dialog.css';

const ICONS: Record<ParkChoice, LucideIcon> = {
  until_answer: MessageCircleReply,
  hour: Clock,
  afternoon: Sun,
  tomorrow: CalendarClock,
  next_week: CalendarDays,
};

export function ParkDialog({ item, onClose }: { item: WorkItem; onClose: () => void }) {
  const desk = useDesk();
  function park(until: string | null): void {
    onClose();
    void desk.work.park(item, until);
    leaveFor(desk, item);
  }
  return <ParkChoices title={texts.park.title} onChoose={park} onClose={onClose} />;
}

export function ParkSelectedDialog({ onClose }: { onClose: () => void }) {
  const { bulk } = useDesk();
  const count = useStore(bulk.selection, ({ items }) => items.size);
  function park(until: string | null): void {
    onClose();
    void bulk.run(bulk.acts.park(until));
  }
  const title = texts.bulk.of(texts.park.title, count);
  return <ParkChoices title={title} onChoose={park} onClose={onClose} />;
}

interface ParkChoicesProps {
  title: string;
  onChoose: (until: string | null) => void;
  onClose: () => void;
}

function ParkChoices({ title, onChoose, onClose }: ParkChoicesProps) {
  return (
    <Dialog title={title} lead={texts.park.lead} onClose={onClose}>
      <ul className="park-choices">
        {parkTimes(new Date()).map(({ choice, until }) => {
          const Icon = ICONS[choice];
          return (
            <li key={choice}>
              <button
                type="button"
                onClick={() => onChoose(until)}
                data-first={choice === 'until_answer' || undefined}
              >
                <Icon size={16} aria-hidden />
                <span>{texts.park[choice]}</span>
                {until && <small className="numbers">{shortMoment(until)}</small>}
              </button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
