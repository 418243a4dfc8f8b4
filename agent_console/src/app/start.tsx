import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Direction } from 'radix-ui';
import { createFrontDoor } from '../state/desk';
import { voice } from '../texts';
import { App } from './app';
import { Guard } from './guard';
import { followLanguage } from './language';
import { followTheme } from './theme';

export function start(): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no place for the console');

  const front = createFrontDoor();
  followTheme(front.preferences);
  followLanguage(front.preferences);
  createRoot(root).render(
    <StrictMode>
      <Guard>
        <Direction.Provider dir={voice.direction}>
          <App front={front} />
        </Direction.Provider>
      </Guard>
    </StrictMode>,
  );
}
