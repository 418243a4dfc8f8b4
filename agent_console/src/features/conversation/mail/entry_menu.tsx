import { useState } from 'react';
import { Ellipsis, Forward, Split } from 'lucide-react';
import type { Entry } from '@engage/client';
import { texts } from '../../../texts';
import { Menu, MenuItem } from '../../../ui/menu';
import { SplitDialog } from '../split_dialog';
import { ForwardDialog } from './forward_dialog';

const words = texts.tickets;

/** What can be done with one message. */
export function EntryMenu({ entry, subject }: { entry: Entry; subject: string }) {
  const [open, setOpen] = useState<'forward' | 'split' | null>(null);
  return (
    <>
      <Menu
        label={words.menu}
        trigger={
          <button type="button" className="icon-button entry-menu" aria-label={words.menu}>
            <Ellipsis size={16} aria-hidden />
          </button>
        }
      >
        <MenuItem icon={Forward} label={words.forward.act} onSelect={() => setOpen('forward')} />
        {entry.kind === 'message' && (
          <MenuItem icon={Split} label={words.split.act} onSelect={() => setOpen('split')} />
        )}
      </Menu>
      {open === 'split' && <SplitDialog entry={entry} subject={subject} onClose={() => setOpen(null)} />}
      {open === 'forward' && <ForwardDialog entry={entry} subject={subject} onClose={() => setOpen(null)} />}
    </>
  );
}
