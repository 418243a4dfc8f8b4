import { useEffect, useState } from 'react';
import { LogIn } from 'lucide-react';
import type { Api } from '@engage/client';
import type { components } from '@engage/client/src/schema';
import { wordsFor } from '../../state/failure';
import { texts } from '../../texts';
import { Button } from '../../ui/button';

type Providers = components['schemas']['Providers']['items'];

/** Where one can sign in instead of here; nothing at all where no site has set it up. */
export function ProviderButtons({ api, onRefused }: { api: Api; onRefused: (words: string) => void }) {
  const [providers, setProviders] = useState<Providers>([]);
  const words = texts.access.step;
  useEffect(() => {
    // The password works without it, so a failure here is no word worth.
    api.get('/api/v1/agent/sso').then(
      ({ items }) => setProviders(items),
      () => undefined,
    );
  }, [api]);
  if (providers.length === 0) return null;

  function leave(site_id: string): void {
    api.post('/api/v1/agent/sso', { site_id }).then(
      ({ url }) => location.assign(url),
      (failure: unknown) => onRefused(wordsFor(failure)),
    );
  }
  return (
    <div className="sign-in-providers">
      <p>{words.or}</p>
      {providers.map(({ site_id, label }) => (
        <Button key={site_id} icon={LogIn} onClick={() => leave(site_id)}>
          {words.with_provider(label)}
        </Button>
      ))}
    </div>
  );
}

/** What the way back from a provider says in the address, once. */
export function providerRefusal(): string | null {
  const told = new URLSearchParams(location.hash.slice(1)).get('sso');
  if (!told) return null;
  history.replaceState(null, '', location.pathname);
  return told === 'unknown' ? texts.access.step.sso_unknown : texts.access.step.sso_failed;
}
