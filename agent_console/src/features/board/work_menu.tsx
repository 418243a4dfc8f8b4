import {
  ArrowRightLeft,
  ChevronsUp,
  Ellipsis,
  Hand,
  MessageSquare,
  Undo2,
  UserPlus,
  Waypoints,
} from 'lucide-react';
import type { BoardWork } from '@engage/client/src/agent';
import { useDesk } from '../../state/desk_context';
import { texts } from '../../texts';
import { Menu, MenuItem, MenuLine } from '../../ui/menu';
import type { Asked } from './board_page';
import { nameOf, type Acts } from './use_board';

const words = texts.board.acts;
const EARLIER = [5, 15, 60];

interface WorkMenuProps {
  work: BoardWork;
  acts: Acts;
  onAsk: (asked: Asked) => void;
}

/** Everything that may be done with one piece of work. */
export function WorkMenu({ work, acts, onAsk }: WorkMenuProps) {
  const label = texts.board.waiting.acts(nameOf(work));
  const isWaiting = work.state === 'queued' || work.state === 'offered';
  return (
    <Menu
      label={label}
      trigger={
        <button type="button" className="icon-button board-row-menu" aria-label={label} tabIndex={-1}>
          <Ellipsis size={16} aria-hidden />
        </button>
      }
    >
      <WorkItems work={work} acts={acts} onAsk={onAsk} />
      {isWaiting && (
        <>
          <MenuLine />
          {EARLIER.map((minutes) => (
            <MenuItem
              key={minutes}
              icon={ChevronsUp}
              label={`${words.boost} (${texts.board.waiting.boosted(minutes)})`}
              hint={words.boost_by(minutes)}
              chosen={work.boost === minutes}
              onSelect={() => void acts.boost(work, minutes)}
            />
          ))}
          {work.boost > 0 && (
            <MenuItem icon={Undo2} label={words.unboost} onSelect={() => void acts.boost(work, 0)} />
          )}
        </>
      )}
    </Menu>
  );
}

export function WorkItems({ work, acts, onAsk }: WorkMenuProps) {
  const { router } = useDesk();
  const open = () => router.go({ page: 'work', view: 'all', conversation_id: work.conversation_id });
  return (
    <>
      <MenuItem
        icon={Waypoints}
        label={words.what_if}
        shortcut="W"
        onSelect={() => onAsk({ about: 'what_if', work })}
      />
      <MenuItem
        icon={UserPlus}
        label={words.push}
        shortcut="P"
        onSelect={() => onAsk({ about: 'push', work })}
      />
      <MenuItem
        icon={ArrowRightLeft}
        label={words.move}
        shortcut="M"
        onSelect={() => onAsk({ about: 'move', work })}
      />
      <MenuItem icon={Hand} label={words.take} shortcut="T" onSelect={() => void acts.take(work)} />
      <MenuItem icon={MessageSquare} label={words.open} onSelect={open} />
    </>
  );
}
