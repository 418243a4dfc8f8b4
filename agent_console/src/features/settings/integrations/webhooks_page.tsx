import { useState, type FormEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { RotateCw, Send, Trash2, Webhook as WebhookIcon } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { Empty } from '../../../ui/empty';
import { FormSection, TextField } from '../../../ui/form';
import { TickList } from '../../../ui/tick_list';
import { exactTime } from '../../../ui/time_words';
import { ConfirmDialog } from '../confirm_dialog';
import { CopyField } from '../copy_field';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import './integrations.css';

type Hook = components['schemas']['WebhookView'];
type Delivery = components['schemas']['DeliveryView'];
type Subscription = components['schemas']['WebhookForm']['events'][number];

const words = texts.settings.webhooks;
const keyOf = (siteId: string) => ['webhooks', siteId];

export default function WebhooksPage({ site }: SectionProps) {
  const { api } = useDesk();
  const query = useQuery({
    queryKey: keyOf(site.id),
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/webhooks', { path: { site_id: site.id } }),
  });
  return (
    <PageFrame title={words.title} lead={words.lead}>
      <Loaded query={query}>
        {({ items, events }) => (
          <>
            <AddWebhook siteId={site.id} events={events as Subscription[]} />
            {items.length === 0 && <Empty icon={WebhookIcon} title={words.empty} hint={words.empty_hint} />}
            {items.map((hook) => (
              <HookSection key={hook.id} hook={hook} siteId={site.id} />
            ))}
          </>
        )}
      </Loaded>
    </PageFrame>
  );
}

function AddWebhook({ siteId, events }: { siteId: string; events: Subscription[] }) {
  const { api } = useDesk();
  const [url, setUrl] = useState('');
  const [chosen, setChosen] = useState<readonly Subscription[]>(events);
  const [secret, setSecret] = useState<string | null>(null);
  const add = useChange(
    () =>
      api.post(
        '/api/v1/admin/sites/{site_id}/webhooks',
        { url, events: [...chosen], enabled: true },
        { path: { site_id: siteId } },
      ),
    {
      refresh: [keyOf(siteId)],
      onDone: (made) => {
        setSecret(made.secret);
        setUrl((now) => (now === url ? '' : now));
      },
    },
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    if (url.trim() && chosen.length > 0) add.mutate(undefined);
  }
  return (
    <FormSection title={words.add}>
      <form className="webhook-form" onSubmit={submit} noValidate>
        <TextField
          label={words.url}
          placeholder="https://api.example.com/engage"
          inputMode="url"
          value={url}
          onChange={setUrl}
        />
        <TickList
          label={words.events}
          items={events.map((name) => ({ id: name, name: <code>{name}</code> }))}
          chosen={chosen}
          onChange={setChosen}
        />
        <Button look="primary" type="submit" disabled={!url.trim() || !chosen.length || add.isPending}>
          {texts.settings.add}
        </Button>
      </form>
      {secret && (
        <>
          <CopyField label={words.secret} text={secret} />
          <p className="form-hint">{words.once}</p>
        </>
      )}
    </FormSection>
  );
}

function HookSection({ hook, siteId }: { hook: Hook; siteId: string }) {
  const { api } = useDesk();
  const [isAsking, setAsking] = useState(false);
  const path = { webhook_id: hook.id };
  const log = ['deliveries', hook.id];
  const refresh = [keyOf(siteId), log];
  const deliveries = useQuery({
    queryKey: log,
    queryFn: () => api.get('/api/v1/admin/webhooks/{webhook_id}/deliveries', { path }),
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state === 'pending') ? 2000 : false),
  });
  const test = useChange(() => api.post('/api/v1/admin/webhooks/{webhook_id}/test', undefined, { path }), {
    refresh,
    said: words.tested,
  });
  const turn = useChange(
    () =>
      api.post(
        '/api/v1/admin/webhooks/{webhook_id}',
        { url: hook.url, events: hook.events as Subscription[], enabled: !hook.enabled },
        { path },
      ),
    { refresh },
  );
  const remove = useChange(() => api.delete('/api/v1/admin/webhooks/{webhook_id}', { path }), { refresh });
  const state = hook.failing_since
    ? words.failing(exactTime(hook.failing_since))
    : hook.enabled
      ? words.on
      : words.off;
  return (
    <FormSection title={hook.url} lead={`${state} · ${hook.events.join(', ')}`}>
      <div className="webhook-acts">
        <Button icon={Send} disabled={!hook.enabled || test.isPending} onClick={() => test.mutate(undefined)}>
          {words.test}
        </Button>
        <Button disabled={turn.isPending} onClick={() => turn.mutate(undefined)}>
          {hook.enabled ? words.switch_off : words.switch_on}
        </Button>
        <IconButton icon={Trash2} label={texts.settings.remove(hook.url)} onClick={() => setAsking(true)} />
      </div>
      <Loaded query={deliveries}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="form-hint">{words.no_log}</p>
          ) : (
            <ul className="settings-rows" aria-label={words.log}>
              {items.map((each) => (
                <DeliveryRow key={each.id} delivery={each} refresh={log} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {isAsking && (
        <ConfirmDialog
          title={texts.settings.remove(hook.url)}
          lead={words.remove_lead}
          confirm={texts.settings.remove_short}
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate(undefined)}
          onClose={() => setAsking(false)}
        />
      )}
    </FormSection>
  );
}

function DeliveryRow({ delivery, refresh }: { delivery: Delivery; refresh: string[] }) {
  const { api } = useDesk();
  const again = useChange(
    () =>
      api.post('/api/v1/admin/deliveries/{delivery_id}/replay', undefined, {
        path: { delivery_id: delivery.id },
      }),
    { refresh: [refresh] },
  );
  return (
    <li className="settings-row">
      <details className="webhook-delivery">
        <summary>
          <span className={`webhook-state webhook-${delivery.state}`}>{words.states[delivery.state]}</span>
          <code>{delivery.type}</code>
          <span className="numbers">{delivery.status ?? words.no_answer}</span>
          <span>{words.tries(delivery.attempts)}</span>
          <time className="numbers">{exactTime(delivery.created_at)}</time>
        </summary>
        <pre dir="ltr">{delivery.body}</pre>
        {delivery.answer && <pre dir="ltr">{delivery.answer}</pre>}
      </details>
      <IconButton icon={RotateCw} label={words.replay} onClick={() => again.mutate(undefined)} />
    </li>
  );
}
