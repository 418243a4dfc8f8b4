import { localKeeper } from '@engage/client';
import { readPreferences } from '../state/preferences';
import { speak, voiceFor } from '../texts';
import '../ui/tokens.css';
import '../ui/base.css';

/** The words come first: whatever is loaded after them reads its labels on import. */
async function open(): Promise<void> {
  const voice = voiceFor(readPreferences(localKeeper()).language, navigator.languages);
  document.documentElement.lang = voice.locale;
  document.documentElement.dir = voice.direction;
  await speak(voice);
  const { start } = await import('./start');
  start();
}

void open();
