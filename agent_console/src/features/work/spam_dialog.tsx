import { useState } from 'react';
import type { WorkItem } from '@engage/client/src/agent';
import { useDesk } from '../../state/desk_context';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { SelectField, SwitchField } from '../../ui/form';

const DAY = 24;
/** In hours; an agent alone may choose the first one. */
const SPANS = [DAY, DAY * 7, DAY * 30, DAY * 365] as const;

interface SpamDialogProps {
  items: readonly WorkItem[];
  onClose: () => void;
}

/** Mails that nobody asked for: closed without an answer, and no more of them if that is wanted. */
export function SpamDialog({ items, onClose }: SpamDialogProps) {
  const { bulk, work } = useDesk();
  const supervised = useStore(work.store, (state) =>
    state.me.sites.filter((site) => site.rights.includes('supervise')).map((site) => site.id),
  );
  const [blocks, setBlocks] = useState(false);
  const [hours, setHours] = useState('24');
  const words = texts.spam;
  const isBoss = items.every((item) => supervised.includes(item.site.id));
  return (
    <Dialog title={words.title(items.length)} lead={words.lead(items.length)} onClose={onClose}>
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          void bulk.run(bulk.acts.spam(blocks ? Number(hours) : null), items);
        }}
      >
        <SwitchField
          label={words.block(items.length)}
          hint={words.block_hint}
          on={blocks}
          onChange={setBlocks}
        />
        {blocks && (
          <SelectField
            label={texts.blocks.span}
            value={hours}
            options={SPANS.slice(0, isBoss ? undefined : 1).map((each) => ({
              value: String(each),
              label: texts.blocks.spans(each),
            }))}
            onChange={setHours}
          />
        )}
        <footer className="dialog-footer">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button look="danger" type="submit" data-first>
            {words.confirm}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

export function SpamSelectedDialog({ onClose }: { onClose: () => void }) {
  const { bulk } = useDesk();
  const items = useStore(bulk.selection, (selection) => [...selection.items.values()]);
  return <SpamDialog items={items} onClose={onClose} />;
}
