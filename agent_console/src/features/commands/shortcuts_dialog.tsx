import type { Action, ActionGroup } from '../../state/action';
import { texts } from '../../texts';
import { Dialog } from '../../ui/dialog';
import { Keys } from '../../ui/keys';
import './shortcuts_dialog.css';

const GROUPS: readonly ActionGroup[] = ['offer', 'conversation', 'work', 'console'];

export function ShortcutsDialog({ actions, onClose }: { actions: readonly Action[]; onClose: () => void }) {
  const words = texts.shortcuts;
  return (
    <Dialog title={words.title} lead={words.lead} size="wide" onClose={onClose}>
      <div className="shortcuts" tabIndex={0}>
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{texts.commands.groups[group]}</h3>
            <dl>
              {actions.flatMap((action) =>
                action.group === group && action.shortcut !== null
                  ? [<Line key={action.id} label={action.label} shortcut={action.shortcut} />]
                  : [],
              )}
            </dl>
          </section>
        ))}
        <section>
          <h3>{words.in_fields}</h3>
          <dl>
            <Line label={words.send} shortcut="Mod+Enter" />
            <Line label={words.leave_field} shortcut="Escape" />
          </dl>
        </section>
      </div>
    </Dialog>
  );
}

function Line({ label, shortcut }: { label: string; shortcut: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <span className="visually-hidden">{shortcut}</span>
        <Keys of={shortcut} />
      </dd>
    </div>
  );
}
