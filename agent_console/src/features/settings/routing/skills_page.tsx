import { useState, type FormEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { GraduationCap, Trash2 } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { Empty } from '../../../ui/empty';
import { ConfirmDialog } from '../confirm_dialog';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import './routing.css';

type Skill = components['schemas']['SkillView'];
const words = texts.routing.skills;

export default function SkillsPage({ site }: SectionProps) {
  const { api } = useDesk();
  const key = ['skills', site.id];
  const query = useQuery({
    queryKey: key,
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/skills', { path: { site_id: site.id } }),
  });
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <AddSkill siteId={site.id} refresh={key} />
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={GraduationCap} title={words.empty} hint={words.empty_hint} />
          ) : (
            <ul className="settings-rows">
              {items.map((skill) => (
                <SkillRow key={skill.id} skill={skill} refresh={key} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </PageFrame>
  );
}

function AddSkill({ siteId, refresh }: { siteId: string; refresh: string[] }) {
  const { api } = useDesk();
  const [name, setName] = useState('');
  const add = useChange(
    () => api.post('/api/v1/admin/sites/{site_id}/skills', { name }, { path: { site_id: siteId } }),
    { refresh: [refresh], onDone: () => setName('') },
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() && !add.isPending) add.mutate(undefined);
  }
  return (
    <form className="settings-add" onSubmit={submit}>
      <input
        className="field"
        aria-label={words.one}
        placeholder={words.placeholder}
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button look="primary" type="submit" disabled={!name.trim() || add.isPending}>
        {texts.settings.add}
      </Button>
    </form>
  );
}

function SkillRow({ skill, refresh }: { skill: Skill; refresh: string[] }) {
  const { api } = useDesk();
  const [name, setName] = useState(skill.name);
  const [isAsking, setAsking] = useState(false);
  const path = { skill_id: skill.id };
  const rename = useChange(
    () => api.put('/api/v1/admin/skills/{skill_id}', { name: name.trim() }, { path }),
    { refresh: [refresh] },
  );
  const remove = useChange(() => api.delete('/api/v1/admin/skills/{skill_id}', { path }), {
    refresh: [refresh],
  });
  function keep() {
    if (!name.trim()) return setName(skill.name);
    if (name.trim() !== skill.name) rename.mutate(undefined, { onError: () => setName(skill.name) });
  }
  return (
    <li className="settings-row">
      <input
        className="field settings-row-field"
        aria-label={texts.settings.edit(skill.name)}
        value={name}
        maxLength={60}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      <span className="routing-fact">{words.used(skill.people, skill.queues)}</span>
      <IconButton icon={Trash2} label={texts.settings.remove(skill.name)} onClick={() => setAsking(true)} />
      {isAsking && (
        <ConfirmDialog
          title={texts.settings.remove(skill.name)}
          lead={words.remove_lead}
          confirm={texts.settings.remove_short}
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate(undefined, { onError: () => setAsking(false) })}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}
