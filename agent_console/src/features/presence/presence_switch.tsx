import { Fragment, useState } from 'react';
import type { PresenceName, PresenceReason } from '@engage/client/src/agent';
import { useNow } from '../../state/clock';
import { useDesk } from '../../state/desk_context';
import { presenceWords, reasonName } from '../../state/presence_words';
import { longStatus, myStatus, shortStatus } from '../../state/routing_status';
import { useValue } from '../../state/store';
import { texts } from '../../texts';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../../ui/menu';
import { lasting } from '../../ui/time_words';
import { ReasonDialog } from './reason_dialog';
import './presence_switch.css';

export const PRESENCES: readonly PresenceName[] = ['available', 'busy', 'away', 'break', 'offline'];

export function PresenceMark({ presence }: { presence: PresenceName }) {
  return <span className={`presence-mark presence-${presence}`} aria-hidden />;
}

/** Stands at the foot of the rail: what I say I am, since when and why; and apart from it what the router sees. */
export function PresenceSwitch() {
  const { work } = useDesk();
  const state = useValue(work.store);
  const { presence, presence_reasons: reasons } = state;
  const [isAsking, setAsking] = useState(false);
  const now = useNow();
  const words = texts.handling.presence;
  const status = myStatus(state);
  const since = lasting(now - Date.parse(presence.since));
  const trigger = (
    <button
      type="button"
      className="presence-switch"
      title={presence.set_by === null ? longStatus(status) : texts.board.set_by(presence.set_by)}
    >
      <span className="visually-hidden">{texts.presence.label}</span>
      <PresenceMark presence={presence.presence} />
      <span className="presence-name">{presenceWords(presence, reasons)}</span>
      <span className="presence-time numbers">{since}</span>
      <span className="visually-hidden">{words.routing}</span>
      <span className="presence-status numbers" data-status={status.is}>
        {shortStatus(status)}
      </span>
    </button>
  );
  return (
    <>
      <Menu trigger={trigger} label={texts.presence.label} side="top" align="start">
        <MenuLabel>{`${words.routing}: ${longStatus(status)}`}</MenuLabel>
        {PRESENCES.map((one) => (
          <Fragment key={one}>
            <MenuItem
              mark={<PresenceMark presence={one} />}
              label={texts.presence.names[one]}
              hint={texts.presence.hints[one]}
              chosen={one === presence.presence && presence.reason_id === null}
              onSelect={() => void work.setPresence(one, null)}
            />
            <ReasonItems
              of={reasons.filter((reason) => reason.presence === one)}
              chosen={presence.reason_id}
              since={since}
            />
          </Fragment>
        ))}
        {presence.presence !== 'available' && (
          <>
            <MenuLine />
            <MenuItem
              label={reasons.length > 0 ? words.own_words : texts.presence.reason_set}
              onSelect={() => setAsking(true)}
            />
          </>
        )}
      </Menu>
      {isAsking && (
        <ReasonDialog
          reason={presence.reason_id === null ? ownWords(presence.reason) : ''}
          onClose={() => setAsking(false)}
          onSet={(text) => void work.setPresence(presence.presence, text || null)}
        />
      )}
    </>
  );
}

interface ReasonItemsProps {
  of: readonly PresenceReason[];
  chosen: string | null;
  since: string;
}

/** The reasons of my sites for one presence; the one that is chosen with its time. */
function ReasonItems({ of, chosen, since }: ReasonItemsProps) {
  const { work } = useDesk();
  return of.map((reason) => (
    <MenuItem
      key={reason.id}
      mark={<span className="presence-below" aria-hidden />}
      label={reasonName(reason)}
      hint={reason.id === chosen ? since : undefined}
      chosen={reason.id === chosen}
      onSelect={() => void work.setPresence(reason.presence, reason)}
    />
  ));
}

/** What the server set is nobody's words. */
function ownWords(reason: string | null): string {
  return reason !== null && reason in texts.handling.presence.causes ? '' : (reason ?? '');
}
