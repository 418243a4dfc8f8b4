import { useState } from 'react';
import { Command } from 'cmdk';
import { Bookmark } from 'lucide-react';
import type { Action, ActionGroup } from '../../state/action';
import { contextOf } from '../../state/action';
import { useDesk } from '../../state/desk_context';
import { filtersText } from '../../state/filters';
import { useStore } from '../../state/store';
import { useSavedViews, viewFilters } from '../../state/use_saved_views';
import { useSearch } from '../../state/use_search';
import { mineByDeadline } from '../../state/workspace';
import { texts } from '../../texts';
import { Avatar } from '../../ui/avatar';
import { ChannelMark } from '../../ui/channel_mark';
import { Dialog } from '../../ui/dialog';
import { Keys } from '../../ui/keys';
import { OptionList } from '../../ui/option_list';
import './command_bar.css';

const GROUPS: readonly ActionGroup[] = ['offer', 'conversation', 'work', 'presence', 'console'];

/** Every allowed action, and the work on the desk, under one field. */
export function CommandBar({ actions, onClose }: { actions: readonly Action[]; onClose: () => void }) {
  const desk = useDesk();
  const mine = useStore(desk.work.store, mineByDeadline);
  const [typed, setTyped] = useState('');
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
        <Command.Input autoFocus placeholder={words.placeholder} value={typed} onValueChange={setTyped} />
        <OptionList none={words.empty}>
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
          <Views onRun={run} />
          <Found typed={typed} onRun={run} />
        </OptionList>
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

type Run = (does: () => unknown) => void;

function Views({ onRun }: { onRun: Run }) {
  const { router } = useDesk();
  const items = useSavedViews().data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Command.Group heading={texts.lists.views}>
      {items.map((view) => (
        <Command.Item
          key={view.id}
          value={`${view.name} ${view.id}`}
          onSelect={() =>
            onRun(() =>
              router.go({
                page: 'work',
                view: view.query.view,
                conversation_id: null,
                filters: filtersText(viewFilters(view)),
              }),
            )
          }
        >
          <Bookmark size={16} aria-hidden />
          <span className="truncate">{view.name}</span>
          <small className="numbers">{view.count}</small>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

/** What the server finds; each has what was typed in its value, so that the list does not drop it again. */
function Found({ typed, onRun }: { typed: string; onRun: Run }) {
  const { router } = useDesk();
  const found = useSearch(typed);
  if (typed.trim().length < 2 || !found.data) return null;
  return (
    <Command.Group heading={texts.lists.found}>
      {found.data.contacts.map((contact) => (
        <Command.Item
          key={contact.id}
          value={`${typed} ${contact.id}`}
          onSelect={() => onRun(() => router.go({ page: 'people', contact_id: contact.id }))}
        >
          <Avatar name={contact.name || contact.email || texts.nobody} size={20} />
          <span className="truncate">{contact.name || contact.email || texts.nobody}</span>
          <small className="truncate">{contact.email}</small>
        </Command.Item>
      ))}
      {found.data.conversations.map(({ item, excerpt }) => (
        <Command.Item
          key={item.engagement_id}
          value={`${typed} ${item.engagement_id}`}
          onSelect={() =>
            onRun(() => router.go({ page: 'work', view: 'all', conversation_id: item.conversation_id }))
          }
        >
          <ChannelMark channel={item.channel} size={16} />
          <span className="truncate">{item.visitor.name || texts.nobody}</span>
          <small className="truncate">{excerpt.map((piece) => piece.text).join('') || item.last_text}</small>
        </Command.Item>
      ))}
    </Command.Group>
  );
}
