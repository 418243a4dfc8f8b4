import { useQueryClient } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Check, Minus } from 'lucide-react';
import type { Label } from '@engage/client/src/agent';
import { useDesk } from '../../state/desk_context';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { Dialog } from '../../ui/dialog';
import { LabelChip } from '../../ui/label_chip';
import { OptionList } from '../../ui/option_list';
import './labels_dialog.css';

/** One label for all that are selected: put on, or taken off where all have it. */
export function LabelSelectedDialog({ onClose }: { onClose: () => void }) {
  const { bulk, work } = useDesk();
  const queries = useQueryClient();
  const items = useStore(bulk.selection, (selection) => [...selection.items.values()]);
  const all = useStore(work.store, (state) => state.labels);
  const labels = all.filter((label) => items.some((item) => item.site.id === label.site_id));
  const words = texts.desk.labels;

  function choose(label: Label, isOn: boolean): void {
    onClose();
    // The lists of what is closed hear of nothing by themselves.
    void bulk.run(bulk.acts.label(label, isOn)).then(() => queries.invalidateQueries({ queryKey: ['work'] }));
  }

  return (
    <Dialog title={texts.bulk.of(words.set, items.length)} lead={texts.bulk.labels_lead} onClose={onClose}>
      {labels.length === 0 ? (
        <p className="labels-none">{words.none_yet}</p>
      ) : (
        <Command className="labels-list" label={words.set}>
          <Command.Input autoFocus placeholder={words.search} />
          <OptionList none={words.none}>
            {labels.map((label) => {
              const fitting = items.filter((item) => item.site.id === label.site_id);
              const bearing = fitting.filter((item) => item.label_ids.includes(label.id)).length;
              const isOnAll = bearing === fitting.length;
              return (
                <Command.Item
                  key={label.id}
                  value={`${label.name} ${label.id}`}
                  onSelect={() => choose(label, !isOnAll)}
                >
                  <span className="labels-check">
                    {isOnAll ? (
                      <Check size={15} aria-hidden />
                    ) : (
                      bearing > 0 && <Minus size={15} aria-hidden />
                    )}
                  </span>
                  <LabelChip label={label} />
                  {bearing > 0 && (
                    <small className="labels-some numbers">
                      {isOnAll ? texts.bulk.on_all : texts.bulk.on_some(bearing)}
                    </small>
                  )}
                </Command.Item>
              );
            })}
          </OptionList>
        </Command>
      )}
    </Dialog>
  );
}
