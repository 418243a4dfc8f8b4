import { localKeeper } from '@engage/client';
import { readPreferences } from '../state/preferences';
import { speak, voiceFor } from '../texts';
import { readTimesIn } from '../ui/own_zone';
import '../ui/tokens.css';
import '../ui/base.css';

/** The words come first: whatever is loaded after them reads its labels on import. */
async function open(): Promise<void> {
  const { language, time_zone } = readPreferences(localKeeper());
  const voice = voiceFor(language, navigator.languages);
  if (time_zone !== 'browser') readTimesIn(time_zone);
  document.documentElement.lang = voice.locale;
  document.documentElement.dir = voice.direction;
  await persistently(() => speak(voice));
  const { start } = await persistently(() => import('./start'));
  start();
}

const PAUSES_MS = [300, 1_000, 3_000];

/** Nothing can be shown without these, so a cut line is waited for. */
async function persistently<T>(load: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES_MS) {
    try {
      return await load();
    } catch {
      await new Promise((go) => setTimeout(go, pause));
    }
  }
  return load();
}

void open();
