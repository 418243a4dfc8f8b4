import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Copy, Phone, PhoneCall } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { AgentCallback, WorkItem } from '@engage/client/src/agent';
import { useNow } from '../../state/clock';
import { useDesk, useRequest } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';
import { texts, voice } from '../../texts';
import { Button, IconButton } from '../../ui/button';
import { shortMoment } from '../../ui/time_words';
import { Outcomes } from './outcomes';
import './call_bar.css';

const words = texts.call;

interface CallBarProps {
  item: WorkItem;
  /** The timeline's last number: what happens to the call is written there. */
  head: number;
}

/** Above the composer of a call-back: whom to call, the call, and how it went. */
export function CallBar({ item, head }: CallBarProps) {
  const { api } = useDesk();
  const key = ['callback', item.engagement_id];
  const path = { engagement_id: item.engagement_id };
  const query = useQuery({
    queryKey: [...key, head],
    queryFn: () => api.get('/api/v1/agent/engagements/{engagement_id}/callback', { path }),
    placeholderData: (before) => before,
  });
  if (query.isPending) return <p className="call-bar call-bar-line">{words.loading}</p>;
  if (query.data === undefined) {
    return (
      <p className="call-bar call-bar-line" role="alert">
        {words.failed}
        <Button onClick={() => void query.refetch()}>{texts.retry}</Button>
      </p>
    );
  }
  return query.data.callback && <Bar item={item} call={query.data.callback} queryKey={key} />;
}

function Bar({ item, call, queryKey }: { item: WorkItem; call: AgentCallback; queryKey: string[] }) {
  const { api, notices } = useDesk();
  const cache = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const bar = useRef<HTMLElement>(null);
  const isCalling = call.state === 'calling';

  useEffect(() => {
    // The next thing to do is to say how it went.
    if (isCalling) bar.current?.querySelector<HTMLElement>('[data-outcome]')?.focus();
  }, [isCalling]);

  async function dial(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    try {
      const path = { engagement_id: item.engagement_id };
      const { link } = await api.post('/api/v1/agent/engagements/{engagement_id}/callback/dial', undefined, {
        path,
      });
      if (link !== null) open(link);
    } catch (failure) {
      notices.say(wordsFor(failure), 'bad');
    }
    await cache.invalidateQueries({ queryKey });
    setBusy(false);
  }
  useRequest('dial', () => void dial());

  return (
    <section className="call-bar" aria-label={words.title} ref={bar}>
      <div className="call-bar-who">
        <PhoneCall size={18} aria-hidden data-calling={isCalling || undefined} />
        <div>
          <p className="call-bar-number numbers" dir="ltr">
            {call.shown}
          </p>
          <CustomerTime zone={call.time_zone} />
        </div>
        <IconButton
          icon={Copy}
          label={words.copy}
          onClick={() => void navigator.clipboard.writeText(call.number)}
        />
        <Button
          look={isCalling ? 'plain' : 'primary'}
          icon={Phone}
          shortcut={isCalling ? null : 'Shift+C'}
          disabled={isBusy || call.refusal !== null}
          onClick={() => void dial()}
        >
          {isCalling ? words.call_again : words.call}
        </Button>
      </div>
      {call.refusal !== null && (
        <p className="call-bar-refused" role="alert">
          {words.refused[call.refusal]}
        </p>
      )}
      <History call={call} />
      <Outcomes
        item={item}
        isCalling={isCalling}
        onRecorded={() => void cache.invalidateQueries({ queryKey })}
      />
    </section>
  );
}

/** As a click on a link does: the browser hands it to whatever makes calls here, and the page stays. */
function open(link: string): void {
  const anchor = document.body.appendChild(document.createElement('a'));
  anchor.href = link;
  anchor.click();
  anchor.remove();
}

/** What time it is on the wall of whoever is called. */
function CustomerTime({ zone }: { zone: string }) {
  const now = useNow();
  const time = new Intl.DateTimeFormat(voice.locale, {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: zone,
  }).format(now);
  return (
    <p className="call-bar-note">
      {words.customer_time(time, (zone.split('/').at(-1) ?? zone).replaceAll('_', ' '))}
    </p>
  );
}

function History({ call }: { call: AgentCallback }) {
  const ended = call.attempts.filter((attempt) => attempt.outcome !== null);
  return (
    <ul className="call-bar-history">
      <li>
        {call.slot_at ? words.slot(shortMoment(call.slot_at)) : words.asked(shortMoment(call.asked_at))}
      </li>
      {ended.map((attempt) => (
        <li key={attempt.ordinal}>
          {words.attempt(attempt.ordinal, attempt.agent_name)}:{' '}
          {attempt.outcome && words.outcomes[attempt.outcome]}
          {attempt.note && <q dir="auto">{attempt.note}</q>}
        </li>
      ))}
      <li>{words.left(call.attempts_left)}</li>
    </ul>
  );
}
