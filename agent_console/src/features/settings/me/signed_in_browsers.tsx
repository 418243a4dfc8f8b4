import { useQuery } from '@tanstack/react-query';
import { Monitor, Smartphone } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { browserName } from '../../../ui/browser_name';
import { Button } from '../../../ui/button';
import { FormSection } from '../../../ui/form';
import { shortMoment } from '../../../ui/time_words';
import { Loaded } from '../loaded';
import { useChange } from '../use_change';

export const BROWSERS = ['sign-ins'];
const words = texts.access.security;

export function SignedInBrowsers() {
  const { api } = useDesk();
  const query = useQuery({ queryKey: BROWSERS, queryFn: () => api.get('/api/v1/agent/account/sign-ins') });
  const endOthers = useChange(() => api.delete('/api/v1/agent/account/sign-ins'), {
    refresh: [BROWSERS],
    said: words.ended,
  });
  return (
    <FormSection title={words.browsers} lead={words.browsers_lead}>
      <Loaded query={query}>
        {({ items }) => (
          <>
            <ul className="settings-rows">
              {items.map((row) => (
                <BrowserRow key={row.id} row={row} />
              ))}
            </ul>
            {items.length > 1 && (
              <Button
                className="security-others"
                look="bad"
                disabled={endOthers.isPending}
                onClick={() => endOthers.mutate(undefined)}
              >
                {words.end_others}
              </Button>
            )}
          </>
        )}
      </Loaded>
    </FormSection>
  );
}

function BrowserRow({ row }: { row: components['schemas']['SignInRow'] }) {
  const { api } = useDesk();
  const { browser, system } = browserName(row.user_agent);
  const end = useChange(
    () => api.delete('/api/v1/agent/account/sign-ins/{sign_in_id}', { path: { sign_in_id: row.id } }),
    { refresh: [BROWSERS], said: words.ended },
  );
  const name = browser && system ? texts.browser_on(browser, system) : (browser ?? words.unknown_browser);
  const Icon = system === 'iPhone' || system === 'Android' ? Smartphone : Monitor;
  return (
    <li className="settings-row security-browser">
      <Icon size={18} aria-hidden />
      <div>
        <p>
          {name}
          {row.is_this && <span className="badge">{words.this_one}</span>}
        </p>
        <small>
          {[row.address, words.since(shortMoment(row.created_at)), words.seen(shortMoment(row.seen_at))]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </div>
      {!row.is_this && (
        <Button
          aria-label={`${words.end}: ${name}`}
          disabled={end.isPending}
          onClick={() => end.mutate(undefined)}
        >
          {words.end}
        </Button>
      )}
    </li>
  );
}
