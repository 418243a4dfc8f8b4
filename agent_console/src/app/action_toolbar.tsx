import { Ellipsis, PanelRight } from 'lucide-react';
import { contextOf, type Action } from '../state/action';
import { useDesk, useEngagement, useOpenConversationId } from '../state/desk_context';
import { texts } from '../texts';
import { Button, IconButton } from '../ui/button';
import { Menu, MenuItem } from '../ui/menu';
import { Tooltip } from '../ui/tooltip';
import { actions } from './actions';
import './action_toolbar.css';

const inToolbar = actions.filter((action) => action.toolbar !== undefined);

/** Buttons and a menu for the rest; where buttons have no room, the menu has them all. */
export function ActionToolbar({
  onDetails,
  isDetailsOpen,
}: {
  onDetails: () => void;
  isDetailsOpen: boolean;
}) {
  const desk = useDesk();
  // Drawn anew whenever the work changes, because what is allowed depends on it.
  useEngagement(useOpenConversationId());
  const context = contextOf(desk);
  const allowed = inToolbar.filter((action) => action.isAllowed(context));
  const run = (action: Action) => void action.run(contextOf(desk));
  return (
    <div className="action-toolbar">
      <span className="action-toolbar-buttons">
        {allowed
          .filter((action) => action.toolbar === 'conversation')
          .map((action) => (
            <Tooltip key={action.id} text={action.label} shortcut={action.shortcut}>
              <Button icon={action.icon} onClick={() => run(action)}>
                {action.label}
              </Button>
            </Tooltip>
          ))}
      </span>
      <span className="action-toolbar-more">
        <MoreMenu actions={allowed.filter((action) => action.toolbar === 'more')} onRun={run} />
      </span>
      <span className="action-toolbar-menu">
        <MoreMenu actions={allowed} onRun={run} />
      </span>
      <IconButton
        icon={PanelRight}
        label={texts.conversation.details}
        shortcut="V"
        aria-pressed={isDetailsOpen}
        onClick={onDetails}
      />
    </div>
  );
}

function MoreMenu({ actions, onRun }: { actions: readonly Action[]; onRun: (action: Action) => void }) {
  const label = texts.conversation.more_actions;
  if (actions.length === 0) return null;
  return (
    <Menu
      label={label}
      trigger={
        <button type="button" className="icon-button" aria-label={label}>
          <Ellipsis size={17} aria-hidden />
        </button>
      }
    >
      {actions.map((action) => (
        <MenuItem
          key={action.id}
          icon={action.icon}
          label={action.label}
          shortcut={action.shortcut}
          onSelect={() => onRun(action)}
        />
      ))}
    </Menu>
  );
}
