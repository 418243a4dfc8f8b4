import { Languages } from 'lucide-react';
import type { Action } from '../../../state/action';
import { LANGUAGE_NAMES, texts, voice, type Language } from '../../../texts';

const set = (language: Language): Action => ({
  id: `language_${language}`,
  label: texts.actions.language(LANGUAGE_NAMES[language]),
  group: 'console',
  icon: Languages,
  shortcut: null,
  isAllowed: () => voice.language !== language,
  run: ({ desk }) => desk.preferences.update((all) => ({ ...all, language })),
});

export const speakEnglish = set('en');
export const speakGerman = set('de');
