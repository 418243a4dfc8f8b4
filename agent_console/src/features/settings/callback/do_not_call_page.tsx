import { useQuery } from '@tanstack/react-query';
import { PhoneOff } from 'lucide-react';
import { useState } from 'react';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { shortMoment } from '../../../ui/time_words';
import { NounList } from '../noun_list';
import { AddName, RemoveButton } from '../noun_row';
import type { SectionProps } from '../sections';
import './do_not_call_page.css';

const words = texts.do_not_call;

/** Numbers that nobody of the site calls. */
export default function DoNotCallPage({ site }: SectionProps) {
  const { api } = useDesk();
  const [reason, setReason] = useState('');
  const key = ['do_not_call', site.id];
  const path = { site_id: site.id };
  const query = useQuery({
    queryKey: key,
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/do-not-call', { path }),
  });
  async function list(number: string): Promise<void> {
    const listed = { number, country: '', reason: reason.trim() };
    await api.post('/api/v1/admin/sites/{site_id}/do-not-call', listed, { path });
    setReason('');
  }
  return (
    <NounList
      words={words}
      icon={PhoneOff}
      query={query}
      add={
        <AddName words={words} maxLength={40} send={list} refresh={[key]}>
          {() => (
            <input
              className="field listed-reason"
              dir="auto"
              aria-label={words.reason}
              placeholder={words.reason}
              maxLength={200}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
        </AddName>
      }
      row={({ id, number, agent_name, wanted_by, reason: why, at }) => (
        <>
          <span className="listed-number">
            <bdi className="numbers" dir="ltr">
              {number}
            </bdi>
            <small>
              <bdi>{whose(wanted_by, agent_name)}</bdi> · {shortMoment(at)}
            </small>
            {why && <small dir="auto">{why}</small>}
          </span>
          <RemoveButton
            name={number}
            lead={words.remove_lead}
            send={() => api.delete('/api/v1/admin/do-not-call/{listed_id}', { path: { listed_id: id } })}
            refresh={[key]}
          />
        </>
      )}
    />
  );
}

function whose(wantedBy: 'customer' | 'agent', agent: string | null): string {
  if (wantedBy === 'agent') return agent ?? texts.nobody;
  return agent ? words.by(agent) : words.by_customer;
}
