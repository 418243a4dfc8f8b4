import { Command } from 'cmdk';
import { Check } from 'lucide-react';
import type { Label } from '@engage/client/src/agent';
import { useConversation, useDesk } from '../../state/desk_context';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { Dialog } from '../../ui/dialog';
import { LabelChip } from '../../ui/label_chip';
import { OptionList } from '../../ui/option_list';
import { setLabel } from './set_label';
import './labels_dialog.css';

/** Each choice puts a label on or takes it off; the list stays open for the next. */
export function LabelsDialog({ conversationId, onClose }: { conversationId: string; onClose: () => void }) {
  const desk = useDesk();
  const facts = useConversation(conversationId)?.facts;
  const all = useStore(desk.work.store, (state) => state.labels);
  if (!facts) return null;
  const words = texts.desk.labels;
  const labels = all.filter((label) => label.site_id === facts.conversation.site.id);
  const toggle = (label: Label) => setLabel(desk, facts, label.id, !facts.label_ids.includes(label.id));
  return (
    <Dialog title={words.set} onClose={onClose}>
      {labels.length === 0 ? (
        <p className="labels-none">{words.none_yet}</p>
      ) : (
        <Command className="labels-list" label={words.set}>
          <Command.Input autoFocus placeholder={words.search} />
          <OptionList none={words.none}>
            {labels.map((label) => {
              const isOn = facts.label_ids.includes(label.id);
              return (
                <Command.Item
                  key={label.id}
                  value={`${label.name} ${label.id}`}
                  aria-checked={isOn}
                  onSelect={() => toggle(label)}
                >
                  <span className="labels-check">{isOn && <Check size={15} aria-hidden />}</span>
                  <LabelChip label={label} />
                </Command.Item>
              );
            })}
          </OptionList>
        </Command>
      )}
    </Dialog>
  );
}
