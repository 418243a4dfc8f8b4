import { useQuery } from '@tanstack/react-query';
import { CircleCheckBig } from 'lucide-react';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { NounList } from '../noun_list';
import { AddName, MoveButtons, NameField, RemoveButton } from '../noun_row';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';

const words = texts.settings.outcomes;
const LONGEST = 100;

export default function OutcomesPage({ site }: SectionProps) {
  const { api } = useDesk();
  const path = { site_id: site.id };
  const refresh = [['outcomes', site.id]];
  const query = useQuery({
    queryKey: ['outcomes', site.id],
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/outcomes', { path }),
  });
  const order = useChange(
    (ids: string[]) => api.put('/api/v1/admin/sites/{site_id}/outcomes/order', { ids }, { path }),
    { refresh },
  );
  const add = (label: string) => api.post('/api/v1/admin/sites/{site_id}/outcomes', { label }, { path });
  return (
    <NounList
      words={words}
      icon={CircleCheckBig}
      query={query}
      add={<AddName words={words} maxLength={LONGEST} send={add} refresh={refresh} />}
      onOrder={order.mutate}
      row={({ id: outcome_id, label }, move) => (
        <>
          <NameField
            name={label}
            maxLength={LONGEST}
            send={(next) =>
              api.put('/api/v1/admin/outcomes/{outcome_id}', { label: next }, { path: { outcome_id } })
            }
            refresh={refresh}
          />
          <MoveButtons name={label} move={move} />
          <RemoveButton
            name={label}
            lead={words.remove_lead(label)}
            send={() => api.delete('/api/v1/admin/outcomes/{outcome_id}', { path: { outcome_id } })}
            refresh={refresh}
          />
        </>
      )}
    />
  );
}
