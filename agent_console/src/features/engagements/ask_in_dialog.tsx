import type { PartyRole, WorkItem } from '@engage/client/src/agent';
import { useDesk } from '../../state/desk_context';
import { withItem } from '../../state/workspace';
import { texts } from '../../texts';
import { TargetForm, type Target } from './target_form';
import { TargetList } from './target_list';

interface AskInDialogProps {
  role: PartyRole;
  item: WorkItem;
  onClose: () => void;
}

/** A colleague is asked for advice, or into the conversation. */
export function AskInDialog({ role, item, onClose }: AskInDialogProps) {
  const desk = useDesk();
  const words = texts.parties.ask;
  async function ask(target: Target, note: string): Promise<void> {
    const form = {
      role,
      agent_id: target.kind === 'agent' ? target.id : null,
      queue_id: target.kind === 'queue' ? target.id : null,
      skill_id: target.kind === 'skill' ? target.id : null,
      note: note || null,
    };
    const path = { engagement_id: item.engagement_id };
    const asked = await desk.api.post('/api/v1/agent/engagements/{engagement_id}/parties', form, { path });
    desk.work.store.update((state) => withItem(state, asked));
    onClose();
  }
  return (
    <TargetForm
      title={texts.parties[role]}
      words={{ ...words, lead: role === 'consult' ? words.consult_lead : words.conference_lead }}
      list={(target, onChoose) => (
        <TargetList item={item} target={target} onChoose={onChoose} mayWait={false} />
      )}
      onSend={ask}
      onClose={onClose}
    />
  );
}
