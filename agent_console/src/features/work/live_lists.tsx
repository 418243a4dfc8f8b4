import { Coffee, Inbox } from 'lucide-react';
import type { WorkItem } from '@engage/client/src/agent';
import { useDesk, useOpenConversationId } from '../../state/desk_context';
import { useStore } from '../../state/store';
import { mineByDeadline, waitingItems } from '../../state/workspace';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { takeItem } from './take';
import { useMarks } from './use_marks';
import { WorkRow } from './work_row';

export function MineList() {
  const desk = useDesk();
  const items = useStore(desk.work.store, mineByDeadline);
  const openId = useOpenConversationId();
  const markOf = useMarks();
  if (items.length === 0) return <MineEmpty />;
  return (
    <ul className="work-list">
      {items.map((item) => (
        <WorkRow
          key={item.engagement_id}
          item={item}
          to={{ page: 'work', view: 'mine', conversation_id: item.conversation_id }}
          isOpen={item.conversation_id === openId}
          mark={markOf(item.conversation_id)}
        />
      ))}
    </ul>
  );
}

function MineEmpty() {
  const { work, router } = useDesk();
  const isAvailable = useStore(work.store, (state) => state.presence.presence === 'available');
  const hint = isAvailable ? texts.work.mine_empty_available : texts.work.mine_empty_unavailable;
  return (
    <Empty icon={Inbox} title={texts.work.mine_empty} hint={hint}>
      {!isAvailable && (
        <Button look="primary" onClick={() => void work.setPresence('available', null)}>
          {texts.work.become_available}
        </Button>
      )}
      <Button onClick={() => router.go({ page: 'work', view: 'queue', conversation_id: null })}>
        {texts.work.see_queue}
      </Button>
    </Empty>
  );
}

export function QueueList() {
  const desk = useDesk();
  const items = useStore(desk.work.store, waitingItems);
  const openId = useOpenConversationId();
  if (items.length === 0) {
    return <Empty icon={Coffee} title={texts.work.queue_empty} hint={texts.work.queue_empty_hint} />;
  }
  const take = (item: WorkItem) => void takeItem(desk, item);
  return (
    <ul className="work-list">
      {items.map((item) => (
        <WorkRow
          key={item.engagement_id}
          item={item}
          to={{ page: 'work', view: 'queue', conversation_id: item.conversation_id }}
          isOpen={item.conversation_id === openId}
          mark={null}
          onTake={item.state === 'queued' ? take : undefined}
        />
      ))}
    </ul>
  );
}
