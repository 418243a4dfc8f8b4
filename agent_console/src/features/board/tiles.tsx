import { Clock, Headset, UserCheck, Users, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Totals } from '../../state/board';
import { texts } from '../../texts';
import { Age } from './age';

const words = texts.board.tiles;

/** The four numbers that are looked at first. */
export function Tiles({ totals }: { totals: Totals }) {
  const isStarved = totals.waiting > 0 && totals.free === 0;
  return (
    <dl className="board-tiles">
      <Tile icon={Users} label={words.waiting} tone={isStarved ? 'warn' : undefined}>
        {totals.waiting}
      </Tile>
      <Tile icon={Clock} label={words.longest}>
        {totals.longest_since ? <Age since={totals.longest_since} kind="wait" /> : words.none}
      </Tile>
      <Tile icon={UserCheck} label={words.free} hint={words.free_of(totals.present)}>
        {totals.free}
      </Tile>
      <Tile icon={Headset} label={words.talking}>
        {totals.talking}
      </Tile>
    </dl>
  );
}

interface TileProps {
  icon: LucideIcon;
  label: string;
  hint?: string;
  tone?: 'warn' | undefined;
  children: ReactNode;
}

function Tile({ icon: Icon, label, hint, tone, children }: TileProps) {
  return (
    <div className="board-tile" data-tone={tone}>
      <dt>
        <Icon size={14} aria-hidden />
        {label}
      </dt>
      <dd>
        <span className="board-number numbers">{children}</span>
        {hint && <small>{hint}</small>}
      </dd>
    </div>
  );
}
