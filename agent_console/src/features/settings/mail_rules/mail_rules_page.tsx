import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Filter, Pencil, Plus } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { exactTime } from '../../../ui/time_words';
import { NounList } from '../noun_list';
import { MoveButtons, RemoveButton } from '../noun_row';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { MailRuleDialog } from './mail_rule_dialog';

export type MailRules = components['schemas']['MailRules'];
export type MailRule = components['schemas']['MailRuleView'];
const words = texts.mail_admin.rules;

export default function MailRulesPage({ site }: SectionProps) {
  const { api } = useDesk();
  const path = { site_id: site.id };
  const refresh = [['mail_rules', site.id]];
  const [open, setOpen] = useState<{ rule: MailRule | null } | null>(null);
  const query = useQuery({
    queryKey: ['mail_rules', site.id],
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/mail-rules', { path }),
  });
  const order = useChange(
    (ids: string[]) => api.put('/api/v1/admin/sites/{site_id}/mail-rules/order', { ids }, { path }),
    { refresh },
  );
  return (
    <NounList
      words={words}
      icon={Filter}
      query={query}
      onOrder={order.mutate}
      actions={
        <Button look="primary" icon={Plus} onClick={() => setOpen({ rule: null })}>
          {words.add}
        </Button>
      }
      row={(rule, move) => (
        <>
          <div className="settings-row-main">
            <strong dir="auto">{rule.name}</strong>
            <p>{stateOf(rule)}</p>
          </div>
          <MoveButtons name={rule.name} move={move} />
          <IconButton
            icon={Pencil}
            label={texts.settings.edit(rule.name)}
            onClick={() => setOpen({ rule })}
          />
          <RemoveButton
            name={rule.name}
            lead={words.remove_lead}
            send={() => api.delete('/api/v1/admin/mail-rules/{rule_id}', { path: { rule_id: rule.id } })}
            refresh={refresh}
          />
        </>
      )}
      dialog={(all) =>
        open && <MailRuleDialog siteId={site.id} rule={open.rule} all={all} onClose={() => setOpen(null)} />
      }
    />
  );
}

function stateOf(rule: MailRule): string {
  const said = [
    ...(rule.is_on ? [] : [words.off]),
    words.hits(rule.hits),
    ...(rule.expires_at ? [words.ends(exactTime(rule.expires_at))] : []),
  ];
  return said.join(' · ');
}
