import { useQuery } from '@tanstack/react-query';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { fileSize } from '../../../ui/file_size';
import { FormSection, SelectField, SwitchField } from '../../../ui/form';
import { TickList } from '../../../ui/tick_list';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import { SaveBar } from '../save_bar';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { useForm } from '../use_form';

type ChatRules = components['schemas']['ChatRulesView'];
type Uploads = ChatRules['uploads'];
const words = texts.settings.chat_rules;
const KINDS = ['pictures', 'pdf', 'text'] as const;
const SIZES = [500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 25_000_000];

export default function ChatRulesPage({ site }: SectionProps) {
  const { api } = useDesk();
  const query = useQuery({
    queryKey: ['chat_rules', site.id],
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/chat-rules', { path: { site_id: site.id } }),
  });
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <Loaded query={query}>{(stored) => <RulesForm siteId={site.id} stored={stored} />}</Loaded>
    </PageFrame>
  );
}

function RulesForm({ siteId, stored }: { siteId: string; stored: ChatRules }) {
  const { api } = useDesk();
  const form = useForm({ rating: stored.rating, uploads: stored.uploads });
  const { rating, uploads } = form.value;
  const save = useChange(
    () => api.put('/api/v1/admin/sites/{site_id}/chat-rules', form.value, { path: { site_id: siteId } }),
    { refresh: [['chat_rules', siteId]], said: texts.settings.saved },
  );
  return (
    <form onSubmit={form.sends(save)}>
      <FormSection title={words.rating} lead={words.rating_lead}>
        <SwitchField
          label={words.rating_on}
          on={rating.on}
          onChange={(on) => form.change({ rating: { ...rating, on } })}
        />
        {rating.on && (
          <SelectField
            label={words.style}
            hint={words.style_hint}
            value={rating.style}
            options={[
              { value: 'stars', label: words.stars },
              { value: 'faces', label: words.faces },
            ]}
            onChange={(style) => form.change({ rating: { ...rating, style } })}
          />
        )}
      </FormSection>
      <FormSection title={words.uploads} lead={words.uploads_lead}>
        <UploadFields
          uploads={uploads}
          most={stored.server_max_bytes}
          onChange={(part) => form.change({ uploads: { ...uploads, ...part } })}
        />
      </FormSection>
      <SaveBar isChanged={form.isChanged} isBusy={save.isPending} onDiscard={form.discard} />
    </form>
  );
}

interface UploadFieldsProps {
  uploads: Uploads;
  most: number;
  onChange: (part: Partial<Uploads>) => void;
}

function UploadFields({ uploads, most, onChange }: UploadFieldsProps) {
  const sizes = SIZES.filter((size) => size < most || size === uploads.max_bytes);
  return (
    <>
      <SwitchField label={words.uploads_on} on={uploads.on} onChange={(on) => onChange({ on })} />
      {uploads.on && (
        <>
          <TickList
            label={words.kinds_label}
            items={KINDS.map((id) => ({ id, name: words.kinds[id] }))}
            chosen={uploads.kinds}
            onChange={(kinds) => onChange({ kinds })}
          />
          <SelectField
            label={words.max_bytes}
            value={String(uploads.max_bytes ?? '')}
            options={[
              { value: '', label: words.as_server(fileSize(most)) },
              ...sizes.map((size) => ({ value: String(size), label: fileSize(size) })),
            ]}
            onChange={(size) => onChange({ max_bytes: size ? Number(size) : null })}
          />
        </>
      )}
    </>
  );
}
