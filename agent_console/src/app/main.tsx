import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createFrontDoor } from '../state/desk';
import { App } from './app';
import { Guard } from './guard';
import { followTheme } from './theme';
import '../ui/tokens.css';
import '../ui/base.css';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no place for the console');

const front = createFrontDoor();
followTheme(front.preferences);
createRoot(root).render(
  <StrictMode>
    <Guard>
      <App front={front} />
    </Guard>
  </StrictMode>,
);
