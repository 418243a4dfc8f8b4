import { useQuery } from '@tanstack/react-query';
import type { CannedReply, WorkItem } from '@engage/client/src/agent';
import { filled, matching, valuesFor } from '../../state/canned';
import type { LoadedConversation } from '../../state/conversation';
import { useDesk } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { addReady } from './extras';
import type { Token } from './token';
import { useSuggestions, type Suggestion } from './use_suggestions';

interface CannedSuggestion extends Suggestion {
  preview: string;
}

interface CannedConfig {
  view: LoadedConversation;
  item: WorkItem;
  text: string;
  isOn: boolean;
  put: (token: Token, words: string) => void;
}

/** Canned replies after a slash, filled in for this visitor before anybody reads them. */
export function useCanned({ view, item, text, isOn, put }: CannedConfig) {
  const { api, extras, notices, work } = useDesk();
  const { id, site, topic, locale } = view.facts.conversation;
  const agent = useStore(work.store, (state) => state.me.name);
  const replies = useQuery({
    queryKey: ['canned', site.id],
    queryFn: () => api.get('/api/v1/agent/canned-replies', { query: { site_id: site.id } }),
    enabled: isOn,
    staleTime: 60_000,
  });
  const values = valuesFor({ visitor: view.facts.visitor.name, agent, site: site.name, topic });
  const asSuggestion = (reply: CannedReply): CannedSuggestion => ({
    id: reply.id,
    title: reply.title,
    word: `/${reply.shortcut}`,
    preview: filled(reply.text, values),
    files: reply.files.length,
  });

  async function takeFiles(replyId: string): Promise<void> {
    const path = { conversation_id: id, reply_id: replyId };
    const route = '/api/v1/agent/conversations/{conversation_id}/canned-replies/{reply_id}/files';
    try {
      addReady(extras(id), (await api.post(route, undefined, { path })).items);
    } catch (failure) {
      notices.say(wordsFor(failure), 'bad');
    }
  }

  return useSuggestions<CannedSuggestion>({
    sign: '/',
    text: isOn ? text : '',
    label: texts.desk.canned.title,
    empty: replies.data ? texts.desk.canned.none : null,
    find: (query) =>
      matching(replies.data?.items ?? [], { query, locale, queue_id: item.queue.id }).map(asSuggestion),
    onPick(suggestion, token) {
      put(token, suggestion.preview);
      if (suggestion.files > 0) void takeFiles(suggestion.id);
    },
  });
}
