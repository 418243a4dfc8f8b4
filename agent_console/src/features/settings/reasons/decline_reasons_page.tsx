import { useQuery } from '@tanstack/react-query';
import { CircleSlash2 } from 'lucide-react';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { NounList } from '../noun_list';
import { AddName, MoveButtons, NameField, RemoveButton } from '../noun_row';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';

const words = texts.handling.decline_reasons;
const LONGEST = 60;
const LIST = '/api/v1/admin/sites/{site_id}/decline-reasons';
const ONE = '/api/v1/admin/decline-reasons/{decline_reason_id}';

/** What agents choose from when they decline an offer. */
export default function DeclineReasonsPage({ site }: SectionProps) {
  const { api } = useDesk();
  const path = { site_id: site.id };
  const refresh = [['decline_reasons', site.id]];
  const query = useQuery({
    queryKey: ['decline_reasons', site.id],
    queryFn: () => api.get(LIST, { path }),
  });
  const order = useChange((ids: string[]) => api.put(`${LIST}/order`, { ids }, { path }), { refresh });
  const add = (label: string) => api.post(LIST, { label }, { path });
  return (
    <NounList
      words={words}
      icon={CircleSlash2}
      query={query}
      add={<AddName words={words} maxLength={LONGEST} send={add} refresh={refresh} />}
      onOrder={order.mutate}
      row={({ id: decline_reason_id, label }, move) => (
        <>
          <NameField
            name={label}
            maxLength={LONGEST}
            send={(next) => api.put(ONE, { label: next }, { path: { decline_reason_id } })}
            refresh={refresh}
          />
          <MoveButtons name={label} move={move} />
          <RemoveButton
            name={label}
            lead={words.remove_lead(label)}
            send={() => api.delete(ONE, { path: { decline_reason_id } })}
            refresh={refresh}
          />
        </>
      )}
    />
  );
}
