import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { Answer } from '@engage/client';
import { useDesk } from '../../../state/desk_context';
import { wordsFor } from '../../../state/failure';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { FormSection, TextField } from '../../../ui/form';
import { ConfirmDialog } from '../confirm_dialog';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import './people_settings.css';

const words = texts.settings.side_panel;
const ROUTE = '/api/v1/admin/sites/{site_id}/side-panel';

type Panel = NonNullable<Answer<typeof ROUTE, 'get'>['panel']>;

export default function SidePanelPage({ site }: SectionProps) {
  const { api } = useDesk();
  const path = { site_id: site.id };
  const state = useQuery({ queryKey: ['side_panel', site.id], queryFn: () => api.get(ROUTE, { path }) });
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <Loaded query={state}>{({ panel }) => <PanelForm siteId={site.id} panel={panel} />}</Loaded>
    </PageFrame>
  );
}

function PanelForm({ siteId, panel }: { siteId: string; panel: Panel | null }) {
  const { api } = useDesk();
  const refresh = [['side_panel', siteId]];
  const path = { site_id: siteId };
  const form = useForm({ title: panel?.title ?? '', url: panel?.url ?? '' });
  const { title, url } = form.value;
  const save = useChange(() => api.put(ROUTE, { title: title.trim(), url: url.trim() }, { path }), {
    refresh,
    said: words.saved,
    quiet: true,
    onDone: (made) => made.secret && keepSecret(siteId, made.secret),
  });
  return (
    <>
      <form onSubmit={form.sends(save)}>
        <TextField
          label={words.panel_title}
          value={title}
          maxLength={60}
          onChange={(title) => form.change({ title })}
        />
        <TextField
          label={words.url}
          hint={words.url_hint}
          type="url"
          value={url}
          maxLength={500}
          error={save.isError ? wordsFor(save.error) : null}
          onChange={(url) => form.change({ url })}
        />
        <p className="settings-actions">
          <Button look="primary" type="submit" disabled={!title.trim() || !url.trim() || save.isPending}>
            {words.save}
          </Button>
        </p>
      </form>
      {panel && <Secret siteId={siteId} />}
    </>
  );
}

/** A new secret outlives the drawing that asked for it, and nothing else: not a reload, not another page. */
const shown = new Map<string, string>();
function keepSecret(siteId: string, secret: string): void {
  shown.set(siteId, secret);
}

function Secret({ siteId }: { siteId: string }) {
  const { api } = useDesk();
  const path = { site_id: siteId };
  const [secret, setSecret] = useState(() => {
    const fresh = shown.get(siteId) ?? null;
    shown.delete(siteId);
    return fresh;
  });
  const [asks, setAsks] = useState<'renew' | 'remove' | null>(null);
  const renew = useChange(() => api.post(`${ROUTE}/secret`, undefined, { path }), {
    onDone: (made) => {
      setSecret(made.secret);
      setAsks(null);
    },
  });
  const remove = useChange(() => api.delete(ROUTE, { path }), { refresh: [['side_panel', siteId]] });
  return (
    <FormSection title={words.secret} lead={secret ? words.secret_hint : words.secret_kept}>
      {secret && (
        <input
          className="field"
          readOnly
          aria-label={words.secret}
          value={secret}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
      <p className="settings-actions">
        <Button onClick={() => setAsks('renew')}>{words.renew}</Button>
        <Button look="danger" onClick={() => setAsks('remove')}>
          {words.remove}
        </Button>
      </p>
      {asks === 'renew' && (
        <ConfirmDialog
          title={words.renew}
          lead={words.renew_lead}
          confirm={words.renew}
          isBusy={renew.isPending}
          onConfirm={() => renew.mutate(undefined)}
          onClose={() => setAsks(null)}
        />
      )}
      {asks === 'remove' && (
        <ConfirmDialog
          title={words.remove}
          lead={words.remove_lead}
          confirm={words.remove}
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate(undefined)}
          onClose={() => setAsks(null)}
        />
      )}
    </FormSection>
  );
}
