import { useQuery } from '@tanstack/react-query';
import { useDesk } from '../../state/desk_context';
import { texts } from '../../texts';
import { mentionedIn } from './mentions';
import type { Token } from './token';
import { useSuggestions } from './use_suggestions';

interface ColleaguesConfig {
  conversationId: string;
  text: string;
  isOn: boolean;
  put: (token: Token, words: string) => void;
}

/** Colleagues and teams after an @ in a note: only those who may see this conversation. */
export function useColleagues({ conversationId, text, isOn, put }: ColleaguesConfig) {
  const { api } = useDesk();
  const path = { conversation_id: conversationId };
  const colleagues = useQuery({
    queryKey: ['colleagues', conversationId],
    queryFn: () => api.get('/api/v1/agent/conversations/{conversation_id}/colleagues', { path }),
    enabled: isOn,
    staleTime: 60_000,
  });
  const { items, teams } = colleagues.data ?? { items: [], teams: [] };
  const known = [...items, ...teams];
  const suggestions = useSuggestions({
    sign: '@',
    text: isOn ? text : '',
    label: texts.desk.mentions.colleagues,
    empty: null,
    find: (query) =>
      known
        .filter((one) => one.name.toLowerCase().includes(query.toLowerCase()))
        .map(({ id, name }) => ({ id, title: name, word: null, preview: null, files: 0 })),
    onPick: (suggestion, token) => put(token, `@${suggestion.title} `),
  });
  return { ...suggestions, mentioned: (note: string) => mentionedIn(note, known) };
}
