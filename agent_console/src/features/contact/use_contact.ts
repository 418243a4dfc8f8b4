import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Answer, Body } from '@engage/client';
import { useDesk, useOpenConversationId } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';

export type ContactCard = Answer<'/api/v1/agent/contacts/{contact_id}', 'get'>;
export type ContactField = ContactCard['fields'][number];
export type ContactForm = Body<'/api/v1/agent/contacts/{contact_id}', 'put'>;
export type ContactRow = Answer<'/api/v1/agent/contacts', 'get'>['items'][number];

const keyOf = (id: string) => ['contact', id];

export function useContact(id: string | null) {
  const { api } = useDesk();
  return useQuery({
    queryKey: keyOf(id ?? ''),
    queryFn: () => api.get('/api/v1/agent/contacts/{contact_id}', { path: { contact_id: id ?? '' } }),
    enabled: id !== null,
  });
}

type Api = ReturnType<typeof useDesk>['api'];

/** An act on a contact: the answer is the new card, which takes the old one's place. */
export function useContactAct<Input>(send: (api: Api, input: Input) => Promise<ContactCard>) {
  const { api, notices, talk } = useDesk();
  const queries = useQueryClient();
  const openId = useOpenConversationId();
  return useMutation({
    mutationFn: (input: Input) => send(api, input),
    onSuccess: (card) => {
      queries.setQueryData(keyOf(card.id), card);
      void queries.invalidateQueries({ queryKey: ['people'] });
      if (openId !== null) void talk.load(openId);
    },
    onError: (failure) => notices.say(wordsFor(failure), 'bad'),
  });
}

/** Everything that is known, with the change in it: the server takes the whole. */
export function formOf(card: ContactCard, change: Partial<ContactForm>): ContactForm {
  return {
    name: card.name || null,
    email: card.email,
    phone: card.phone,
    attributes: {},
    ...change,
  };
}
