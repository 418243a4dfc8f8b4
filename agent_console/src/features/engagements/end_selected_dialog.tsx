import { useState } from 'react';
import { useDesk } from '../../state/desk_context';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { SelectField } from '../../ui/form';

/** Ends and wraps up all that are selected, with one outcome. */
export function EndSelectedDialog({ onClose }: { onClose: () => void }) {
  const { bulk, work } = useDesk();
  const count = useStore(bulk.selection, ({ items }) => items.size);
  const dispositions = useStore(work.store, (state) => state.dispositions);
  const [outcome, setOutcome] = useState('');
  const words = texts.bulk;
  return (
    <Dialog title={words.end_title(count)} lead={words.end_lead} onClose={onClose}>
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          void bulk.run(bulk.acts.end(outcome || null));
        }}
      >
        <SelectField
          label={words.outcome}
          value={outcome}
          options={[
            { value: '', label: words.no_outcome },
            ...dispositions.map(({ id, path }) => ({ value: id, label: path.join(' › ') })),
          ]}
          onChange={setOutcome}
          data-first
        />
        <footer className="dialog-footer">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button look="primary" type="submit">
            {texts.actions.end}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
