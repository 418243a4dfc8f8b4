import { useQuery } from '@tanstack/react-query';
import { GraduationCap } from 'lucide-react';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { NounList } from '../noun_list';
import { AddName, NameField, RemoveButton } from '../noun_row';
import type { SectionProps } from '../sections';
import './routing.css';

const words = texts.routing.skills;
const LONGEST = 60;

export default function SkillsPage({ site }: SectionProps) {
  const { api } = useDesk();
  const path = { site_id: site.id };
  const refresh = [['skills', site.id]];
  const query = useQuery({
    queryKey: ['skills', site.id],
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/skills', { path }),
  });
  const add = (name: string) => api.post('/api/v1/admin/sites/{site_id}/skills', { name }, { path });
  return (
    <NounList
      words={words}
      icon={GraduationCap}
      query={query}
      add={<AddName words={words} maxLength={LONGEST} send={add} refresh={refresh} />}
      row={({ id: skill_id, name, people, queues }) => (
        <>
          <NameField
            name={name}
            maxLength={LONGEST}
            send={(next) =>
              api.put('/api/v1/admin/skills/{skill_id}', { name: next }, { path: { skill_id } })
            }
            refresh={refresh}
          />
          <span className="routing-fact">{words.used(people, queues)}</span>
          <RemoveButton
            name={name}
            lead={words.remove_lead}
            send={() => api.delete('/api/v1/admin/skills/{skill_id}', { path: { skill_id } })}
            refresh={refresh}
          />
        </>
      )}
    />
  );
}
