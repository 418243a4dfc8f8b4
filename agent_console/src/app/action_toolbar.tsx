import { Ellipsis, PanelRight } from 'lucide-react';
import { contextOf, type Action } from '../state/action';
import { useDesk, useEngagement, useOpenConversationId } from '../state/desk_context';
import { texts } from '../texts';
import { Button, IconButton } from '../ui/button';
import { Menu, MenuItem } from '../ui/menu';
import { Tooltip } from '../ui/tooltip';
import { actions } from './actions';
import './action_toolbar.css';

const inToolbar = actions.filter((action) => action.toolbar === 'conversation');

/** Buttons where there is room, one menu where there is not; the same actions either way. */
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
        {allowed.map((action) => (
          <Tooltip key={action.id} text={action.label} shortcut={action.shortcut}>
            <Button icon={action.icon} onClick={() => run(action)}>
              {action.label}
            </Button>
          </Tooltip>
        ))}
      </span>
      {allowed.length > 0 && (
        <span className="action-toolbar-menu">
          <Menu
            label={texts.conversation.more_actions}
            trigger={
              <button type="button" className="icon-button" aria-label={texts.conversation.more_actions}>
                <Ellipsis size={17} aria-hidden />
              </button>
            }
          >
            {allowed.map((action) => (
              <MenuItem
                key={action.id}
                icon={action.icon}
                label={action.label}
                shortcut={action.shortcut}
                onSelect={() => run(action)}
              />
            ))}
          </Menu>
        </span>
      )}
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
