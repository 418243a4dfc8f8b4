import { useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Mailbox as MailboxIcon, Pencil, Plus, Send, TriangleAlert } from 'lucide-react';
import { useDesk } from '../../../state/desk_context';
import { useNow } from '../../../state/clock';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { RowSwitch } from '../../../ui/row_switch';
import { exactTime, lasting } from '../../../ui/time_words';
import { NounList } from '../noun_list';
import { RemoveButton } from '../noun_row';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { MailboxDialog } from './mailbox_dialog';
import { mailboxesKey, type Mailbox } from './mailbox_kinds';
import { RoundTripDialog } from './round_trip_dialog';
import './mailboxes.css';

const words = texts.mailboxes;
/** The states change without us; this often they are looked at while the page is open. */
const LOOK_MS = 10_000;

export default function MailboxesPage({ site }: SectionProps) {
  const { api } = useDesk();
  const [open, setOpen] = useState<{ box: Mailbox | null } | null>(null);
  const [tested, setTested] = useState<Mailbox | null>(null);
  useConsentAnswer();
  const query = useQuery({
    queryKey: mailboxesKey(site.id),
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/mailboxes', { path: { site_id: site.id } }),
    refetchInterval: LOOK_MS,
  });
  return (
    <>
      <NounList
        words={words}
        icon={MailboxIcon}
        query={query}
        actions={
          <Button look="primary" icon={Plus} onClick={() => setOpen({ box: null })}>
            {words.add}
          </Button>
        }
        row={(box) => (
          <MailboxRow
            box={box}
            siteId={site.id}
            onEdit={() => setOpen({ box })}
            onTest={() => setTested(box)}
          />
        )}
        dialog={(all) =>
          open && <MailboxDialog siteId={site.id} box={open.box} all={all} onClose={() => setOpen(null)} />
        }
      />
      {tested && <RoundTripDialog box={tested} onClose={() => setTested(null)} />}
    </>
  );
}

/** The mail service sent the browser back here, with a word in the address of how it went. */
function useConsentAnswer(): void {
  const { notices } = useDesk();
  useEffect(() => {
    const answer = /^#consent=(given|failed)$/.exec(location.hash)?.[1];
    if (!answer) return;
    history.replaceState(history.state, '', location.pathname + location.search);
    if (answer === 'given') notices.say(words.consent_given);
    else notices.say(words.consent_failed, 'bad');
  }, [notices]);
}

interface MailboxRowProps {
  box: Mailbox;
  siteId: string;
  onEdit: () => void;
  onTest: () => void;
}

function MailboxRow({ box, siteId, onEdit, onTest }: MailboxRowProps) {
  const { api } = useDesk();
  const path = { mailbox_id: box.id };
  const refresh = [mailboxesKey(siteId)];
  const turn = useChange(
    (is_on: boolean) => api.put('/api/v1/admin/mailboxes/{mailbox_id}/on', { is_on }, { path }),
    { refresh },
  );
  return (
    <>
      <div className="settings-row-main mailbox-row">
        <strong dir="auto">{box.name}</strong> <bdi className="mailbox-address">{box.address}</bdi>
        <p>
          <MailboxState box={box} />
          <span>{box.last_mail_at ? words.last_mail(exactTime(box.last_mail_at)) : words.no_mail}</span>
        </p>
        {box.trouble && (
          <p className="mailbox-trouble" role="status">
            <TriangleAlert size={14} aria-hidden />
            <span>
              {texts.mail_servers(box.trouble)}
              {box.trouble_since && ` (${words.trouble_since(exactTime(box.trouble_since))})`}
            </span>
          </p>
        )}
      </div>
      <IconButton icon={Send} label={words.round_trip_of(box.name)} disabled={!box.is_on} onClick={onTest} />
      <IconButton icon={Pencil} label={texts.settings.edit(box.name)} onClick={onEdit} />
      <RemoveButton
        name={box.name}
        lead={words.remove_lead}
        send={() => api.delete('/api/v1/admin/mailboxes/{mailbox_id}', { path })}
        refresh={refresh}
      />
      <RowSwitch
        label={words.on(box.name)}
        on={box.is_on}
        disabled={turn.isPending}
        onChange={(on) => turn.mutate(on)}
      />
    </>
  );
}

const TONE: Record<Mailbox['state'], 'good' | 'warn' | 'bad' | 'rest'> = {
  connecting: 'rest',
  reading: 'good',
  idle: 'good',
  backing_off: 'warn',
  needs_consent: 'bad',
  disabled: 'rest',
};

function MailboxState({ box }: { box: Mailbox }) {
  const now = useNow();
  const isBrought = box.protocol === 'inbound' && box.is_on;
  const ago = box.read_at && words.read_at(lasting(now - Date.parse(box.read_at)));
  return (
    <>
      <span className="mailbox-state" data-tone={isBrought && !box.trouble ? 'good' : TONE[box.state]}>
        {isBrought && !box.trouble ? words.inbound : words.states[box.state]}
      </span>
      {ago && !isBrought && <span className="numbers">{ago}</span>}
    </>
  );
}
