import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Coffee, Pencil, Plus } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { NounList } from '../noun_list';
import { MoveButtons, RemoveButton } from '../noun_row';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { PresenceReasonDialog } from './presence_reason_dialog';

export type Reasons = components['schemas']['PresenceReasons'];
export type Reason = Reasons['items'][number];
const words = texts.handling.presence_reasons;
const LIST = '/api/v1/admin/sites/{site_id}/presence-reasons';
const ONE = '/api/v1/admin/presence-reasons/{presence_reason_id}';

/** What people say who are not available. */
export default function PresenceReasonsPage({ site }: SectionProps) {
  const { api } = useDesk();
  const [open, setOpen] = useState<Reason | 'new' | null>(null);
  const path = { site_id: site.id };
  const refresh = [['presence_reasons', site.id]];
  const query = useQuery({
    queryKey: ['presence_reasons', site.id],
    queryFn: () => api.get(LIST, { path }),
  });
  const order = useChange((ids: string[]) => api.put(`${LIST}/order`, { ids }, { path }), { refresh });
  return (
    <NounList
      words={words}
      icon={Coffee}
      query={query}
      onOrder={order.mutate}
      actions={
        <Button look="primary" icon={Plus} onClick={() => setOpen('new')}>
          {words.add}
        </Button>
      }
      row={(reason, move) => (
        <>
          <ReasonFacts reason={reason} />
          <MoveButtons name={reason.label} move={move} />
          <IconButton
            icon={Pencil}
            label={texts.settings.edit(reason.label)}
            onClick={() => setOpen(reason)}
          />
          <RemoveButton
            name={reason.label}
            lead={words.remove_lead(reason.label)}
            send={() => api.delete(ONE, { path: { presence_reason_id: reason.id } })}
            refresh={refresh}
          />
        </>
      )}
      dialog={(all) =>
        open && (
          <PresenceReasonDialog
            siteId={site.id}
            reason={open === 'new' ? null : open}
            all={all}
            onClose={() => setOpen(null)}
          />
        )
      }
    />
  );
}

function ReasonFacts({ reason }: { reason: Reason }) {
  const facts = [texts.presence.names[reason.presence], ...(reason.productive ? [words.is_productive] : [])];
  const others = Object.values(reason.names);
  return (
    <div className="settings-row-main">
      <strong dir="auto">{reason.label}</strong>
      <p dir="auto">{[...facts, ...others].join(' · ')}</p>
    </div>
  );
}
