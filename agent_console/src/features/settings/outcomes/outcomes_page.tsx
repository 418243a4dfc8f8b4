import { useState, type FormEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, CircleCheckBig, Trash2 } from 'lucide-react';
import type { Disposition } from '@engage/client/src/agent';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { Empty } from '../../../ui/empty';
import { ConfirmDialog } from '../confirm_dialog';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';

const words = texts.settings.outcomes;

export default function OutcomesPage({ site }: SectionProps) {
  const { api } = useDesk();
  const key = ['outcomes', site.id];
  const outcomes = useQuery({
    queryKey: key,
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/outcomes', { path: { site_id: site.id } }),
  });
  const order = useChange(
    (ids: string[]) =>
      api.put('/api/v1/admin/sites/{site_id}/outcomes/order', { ids }, { path: { site_id: site.id } }),
    { refresh: [key] },
  );
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <AddOutcome siteId={site.id} refresh={key} />
      <Loaded query={outcomes}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={CircleCheckBig} title={words.empty} hint={words.empty_hint} />
          ) : (
            <ul className="settings-rows">
              {items.map((outcome, at) => (
                <OutcomeRow
                  key={outcome.id}
                  outcome={outcome}
                  refresh={key}
                  onUp={at > 0 ? () => order.mutate(swapped(items, at - 1)) : null}
                  onDown={at < items.length - 1 ? () => order.mutate(swapped(items, at)) : null}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
    </PageFrame>
  );
}

/** The ids with the one at this place behind its neighbour. */
function swapped(items: readonly { id: string }[], at: number): string[] {
  const ids = items.map((item) => item.id);
  return [...ids.slice(0, at), ...ids.slice(at, at + 2).reverse(), ...ids.slice(at + 2)];
}

function AddOutcome({ siteId, refresh }: { siteId: string; refresh: string[] }) {
  const { api } = useDesk();
  const [label, setLabel] = useState('');
  const add = useChange(
    () => api.post('/api/v1/admin/sites/{site_id}/outcomes', { label }, { path: { site_id: siteId } }),
    { refresh: [refresh], onDone: () => setLabel('') },
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    if (label.trim() && !add.isPending) add.mutate(undefined);
  }
  return (
    <form className="settings-add" onSubmit={submit}>
      <input
        className="field"
        aria-label={words.one}
        placeholder={words.placeholder}
        maxLength={100}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <Button look="primary" type="submit" disabled={!label.trim() || add.isPending}>
        {texts.settings.add}
      </Button>
    </form>
  );
}

interface OutcomeRowProps {
  outcome: Disposition;
  refresh: string[];
  onUp: (() => void) | null;
  onDown: (() => void) | null;
}

function OutcomeRow({ outcome, refresh, onUp, onDown }: OutcomeRowProps) {
  const { api } = useDesk();
  const [label, setLabel] = useState(outcome.label);
  const [isAsking, setAsking] = useState(false);
  const path = { outcome_id: outcome.id };
  const rename = useChange(
    () => api.put('/api/v1/admin/outcomes/{outcome_id}', { label: label.trim() }, { path }),
    { refresh: [refresh] },
  );
  const retire = useChange(() => api.delete('/api/v1/admin/outcomes/{outcome_id}', { path }), {
    refresh: [refresh],
  });
  function keep() {
    if (!label.trim()) return setLabel(outcome.label);
    if (label.trim() !== outcome.label) rename.mutate(undefined);
  }
  return (
    <li className="settings-row">
      <input
        className="field settings-row-field"
        aria-label={texts.settings.edit(outcome.label)}
        value={label}
        maxLength={100}
        onChange={(event) => setLabel(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      <IconButton
        icon={ArrowUp}
        label={texts.settings.up(outcome.label)}
        disabled={!onUp}
        onClick={() => onUp?.()}
      />
      <IconButton
        icon={ArrowDown}
        label={texts.settings.down(outcome.label)}
        disabled={!onDown}
        onClick={() => onDown?.()}
      />
      <IconButton
        icon={Trash2}
        label={texts.settings.remove(outcome.label)}
        onClick={() => setAsking(true)}
      />
      {isAsking && (
        <ConfirmDialog
          title={texts.settings.remove(outcome.label)}
          lead={words.remove_lead(outcome.label)}
          confirm={texts.settings.remove_short}
          isBusy={retire.isPending}
          onConfirm={() => retire.mutate(undefined)}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}
