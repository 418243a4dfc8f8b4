import { Command } from 'cmdk';
import type { Action, ActionGroup } from '../../state/action';
import { contextOf } from '../../state/action';
import { useDesk } from '../../state/desk_context';
import { useStore } from '../../state/store';
import { mineByDeadline } from '../../state/workspace';
import { texts } from '../../texts';
import { ChannelMark } from '../../ui/channel_mark';
import { Dialog } from '../../ui/dialog';
import { Keys } from '../../ui/keys';
import './command_bar.css';

const GROUPS: readonly ActionGroup[] = ['offer', 'conversation', 'work', 'presence', 'console'];

/** Every allowed action, and the work on the desk, under one field. */
export function CommandBar({ actions, onClose }: { actions: readonly Action[]; onClose: () => void }) {
  const desk = useDesk();
  const mine = useStore(desk.work.store, mineByDeadline);
  const context = contextOf(desk);
  const allowed = actions.filter((action) => action.id !== 'commands' && action.isAllowed(context));
  const words = texts.commands;

  function run(does: () => unknown): void {
    onClose();
    // After the dialog has given the focus back, so that the action may place it anew.
    requestAnimationFrame(() => does());
  }

  return (
    <Dialog title={words.title} size="wide" bare onClose={onClose}>
      <Command className="command-bar" label={words.title}>
        <Command.Input autoFocus placeholder={words.placeholder} />
        <Command.List>
          <Command.Empty>{words.empty}</Command.Empty>
          {GROUPS.map((group) => (
            <ActionsOf
              key={group}
              group={group}
              actions={allowed}
              onRun={(action) => run(() => action.run(context))}
            />
          ))}
          {mine.length > 0 && (
            <Command.Group heading={words.open_work}>
              {mine.map((item) => (
                <Command.Item
                  key={item.engagement_id}
                  value={`${item.visitor.name ?? texts.nobody} ${item.topic ?? ''} ${item.engagement_id}`}
                  onSelect={() =>
                    run(() =>
                      desk.router.go({ page: 'work', view: 'mine', conversation_id: item.conversation_id }),
                    )
                  }
                >
                  <ChannelMark channel={item.channel} size={16} />
                  <span className="truncate">{item.visitor.name || texts.nobody}</span>
                  <small className="truncate">{item.topic}</small>
                </Command.Item>
              ))}
            </Command.Group>
          )}
        </Command.List>
      </Command>
    </Dialog>
  );
}

interface ActionsOfProps {
  group: ActionGroup;
  actions: readonly Action[];
  onRun: (action: Action) => void;
}

function ActionsOf({ group, actions, onRun }: ActionsOfProps) {
  const own = actions.filter((action) => action.group === group);
  if (own.length === 0) return null;
  return (
    <Command.Group heading={texts.commands.groups[group]}>
      {own.map((action) => {
        const Icon = action.icon;
        return (
          <Command.Item key={action.id} value={`${action.label} ${action.id}`} onSelect={() => onRun(action)}>
            <Icon size={16} aria-hidden />
            <span className="truncate">{action.label}</span>
            {action.shortcut && <Keys of={action.shortcut} />}
          </Command.Item>
        );
      })}
    </Command.Group>
  );
}
