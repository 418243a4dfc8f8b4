import { useQuery } from '@tanstack/react-query';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { FormSection, NumberField, SwitchField, TextField } from '../../../ui/form';
import { TickList } from '../../../ui/tick_list';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import { SaveBar } from '../save_bar';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { useForm } from '../use_form';

type Rules = components['schemas']['ChannelRules'];
type Rule = Rules['items'][number];
const words = texts.routing.channels;

export default function ChannelRulesPage({ site }: SectionProps) {
  const { api } = useDesk();
  const query = useQuery({
    queryKey: ['channel_rules', site.id],
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/channel-rules', { path: { site_id: site.id } }),
  });
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <Loaded query={query}>{(rules) => <RulesForm siteId={site.id} rules={rules} />}</Loaded>
    </PageFrame>
  );
}

function RulesForm({ siteId, rules }: { siteId: string; rules: Rules }) {
  const { api } = useDesk();
  const form = useForm({ items: rules.items });
  const save = useChange(
    () =>
      api.put(
        '/api/v1/admin/sites/{site_id}/channel-rules',
        { items: form.value.items.map(({ label: _label, ...rule }) => rule) },
        { path: { site_id: siteId } },
      ),
    { refresh: [['channel_rules', siteId]], said: texts.settings.saved },
  );
  const put = (channel: string, part: Partial<Rule>) =>
    form.change({
      items: form.value.items.map((rule) => (rule.channel === channel ? { ...rule, ...part } : rule)),
    });
  return (
    <form onSubmit={form.sends(save)}>
      {form.value.items.map((rule) => (
        <ChannelSection
          key={rule.channel}
          rule={rule}
          others={form.value.items.filter(({ channel }) => channel !== rule.channel)}
          onChange={(part) => put(rule.channel, part)}
        />
      ))}
      <SaveBar isChanged={form.isChanged} isBusy={save.isPending} onDiscard={form.discard} />
    </form>
  );
}

interface ChannelSectionProps {
  rule: Rule;
  others: readonly Rule[];
  onChange: (part: Partial<Rule>) => void;
}

function ChannelSection({ rule, others, onChange }: ChannelSectionProps) {
  return (
    <FormSection title={rule.label}>
      <div className="form-pair">
        <NumberField
          label={words.weight}
          hint={words.weight_hint}
          min={1}
          max={50}
          value={rule.weight}
          onChange={(weight) => onChange({ weight })}
        />
        <TextField
          label={words.maximum}
          hint={words.maximum_hint}
          type="number"
          min={1}
          max={50}
          value={rule.maximum === null ? '' : String(rule.maximum)}
          onChange={(most) => onChange({ maximum: most === '' ? null : Number(most) })}
        />
      </div>
      <SwitchField
        label={words.exclusive}
        hint={words.exclusive_hint}
        on={rule.exclusive}
        onChange={(exclusive) => onChange({ exclusive })}
      />
      {others.length > 0 && (
        <TickList
          label={words.interrupted_by}
          items={others.map(({ channel, label }) => ({ id: channel, name: label }))}
          chosen={rule.interrupted_by}
          onChange={(interrupted_by) => onChange({ interrupted_by })}
        />
      )}
    </FormSection>
  );
}
