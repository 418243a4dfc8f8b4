import { useEffect, useState } from 'react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import { Problem } from '@engage/client';
import { LinkPage } from '../features/session/link_page';
import { SignInPage } from '../features/session/sign_in_page';
import { createDesk, type Desk, type FrontDoor } from '../state/desk';
import { DeskProvider } from '../state/desk_context';
import { wordsFor } from '../state/failure';
import { texts } from '../texts';
import { Button } from '../ui/button';
import { Empty } from '../ui/empty';
import { Shell } from './shell';

type Place =
  | { at: 'opening' }
  | { at: 'unreachable'; reason: string }
  | { at: 'link'; token: string }
  | { at: 'sign_in'; has_ended: boolean }
  | { at: 'desk'; desk: Desk; queries: QueryClient };

const newQueries = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (count, failure) => count < 2 && failure instanceof Problem && failure.isTransient,
      },
    },
  });

/** A one-time link shows its form at once; its secret leaves the address bar before anything else happens. */
function firstPlace(): Place {
  const token = location.hash.slice(1);
  if (!location.pathname.endsWith('/account-link') || !token) return { at: 'opening' };
  history.replaceState(null, '', '/console/');
  return { at: 'link', token };
}

/** Before the desk: is somebody signed in, and does the server answer? */
export function App({ front }: { front: FrontDoor }) {
  const [place, setPlace] = useState<Place>(firstPlace);
  const [tries, setTries] = useState(0);

  useEffect(() => {
    if (place.at === 'link' && tries === 0) return;
    let isCurrent = true;
    let desk: Desk | null = null;
    front.onSignedOut = (how) => {
      const hadDesk = desk !== null;
      desk?.close();
      desk = null;
      if (isCurrent) setPlace({ at: 'sign_in', has_ended: hadDesk && how === 'ended' });
    };
    front.door.workspace().then(
      (snapshot) => {
        if (!isCurrent) return;
        desk = createDesk(front, snapshot);
        setPlace({ at: 'desk', desk, queries: newQueries() });
      },
      (failure: unknown) => {
        if (!isCurrent) return;
        const isSignedOut = failure instanceof Problem && failure.status === 401;
        setPlace(
          isSignedOut
            ? { at: 'sign_in', has_ended: false }
            : { at: 'unreachable', reason: wordsFor(failure) },
        );
      },
    );
    return () => {
      isCurrent = false;
      desk?.close();
    };
  }, [front, tries]);

  const open = () => setTries((count) => count + 1);
  switch (place.at) {
    case 'opening':
      return null;
    case 'unreachable':
      return (
        <Empty icon={CloudOff} title={texts.failure.unreachable}>
          <Button look="primary" onClick={open}>
            {texts.retry}
          </Button>
        </Empty>
      );
    case 'sign_in':
      return <SignInPage door={front.door} api={front.api} hasEnded={place.has_ended} onSignedIn={open} />;
    case 'link':
      return <LinkPage api={front.api} door={front.door} token={place.token} onDone={open} />;
    case 'desk':
      return (
        <QueryClientProvider client={place.queries}>
          <DeskProvider value={place.desk}>
            <Shell />
          </DeskProvider>
        </QueryClientProvider>
      );
  }
}
