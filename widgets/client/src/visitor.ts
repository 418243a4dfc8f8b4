import type { Rest, UploadOptions } from './rest';
import type {
  Article,
  ArticleSearch,
  Attachment,
  Cursor,
  EntriesAnswer,
  Entry,
  SiteHome,
  TrailItem,
} from './wire';
import type {
  CallbackView,
  ConversationView,
  NewConversation,
  NewMessage,
  VisitorMe,
  VisitorSession,
} from './wire_visitor';

/** What anybody may ask about a site. */
export function siteDoor(rest: Rest, siteKey: string) {
  const site = `/sites/${encodeURIComponent(siteKey)}`;
  return {
    home: (locale: string) => rest.get<SiteHome>(`${site}/home`, { query: { locale } }),
    search: (query: string, limit: number, signal?: AbortSignal) =>
      rest.get<ArticleSearch>(`${site}/articles`, { query: { query, limit }, ...(signal ? { signal } : {}) }),
    article: (slug: string) => rest.get<Article>(`${site}/articles/${encodeURIComponent(slug)}`),
    feedback: (slug: string, helpful: boolean, comment?: string) =>
      rest.post(`${site}/articles/${encodeURIComponent(slug)}/feedback`, { helpful, comment }),
  };
}

export type SiteDoor = ReturnType<typeof siteDoor>;

/** What a visitor with a session may do. */
export function visitorDoor(rest: Rest) {
  const at = (id: string) => `/visitor/conversations/${encodeURIComponent(id)}`;
  return {
    openSession: (site_key: string, locale: string, time_zone: string) =>
      rest.post<VisitorSession>('/visitor/sessions', { site_key, locale, time_zone }),
    identify: (site_key: string, jwt: string, attempt: string, locale: string, time_zone: string) =>
      rest.post<VisitorSession>('/visitor/identity', { site_key, jwt, attempt, locale, time_zone }),
    signOut: () => rest.post('/visitor/sign-out'),
    me: () => rest.get<VisitorMe>('/visitor/me'),
    calls: () => rest.get<{ items: CallbackView[] }>('/visitor/callbacks'),
    start: (conversation: NewConversation) =>
      rest.post<ConversationView>('/visitor/conversations', conversation),
    conversation: (id: string) => rest.get<ConversationView>(at(id)),
    entriesAfter: (id: string, after_seq: number) =>
      rest.get<EntriesAnswer>(`${at(id)}/entries`, { query: { after_seq, limit: 100 } }),
    entriesBefore: (id: string, before_seq: number) =>
      rest.get<EntriesAnswer>(`${at(id)}/entries`, { query: { before_seq, limit: 100 } }),
    send: (id: string, message: NewMessage) => rest.post<Entry>(`${at(id)}/messages`, message),
    upload: (file: File, options: UploadOptions) =>
      rest.upload<Attachment>('/visitor/attachments', file, options),
    attachment: (id: string) =>
      rest.blob(`/visitor/attachments/${encodeURIComponent(id)}`, { timeoutMs: 60_000 }),
    moveCursor: (id: string, cursor: Cursor) => rest.put(`${at(id)}/cursor`, cursor),
    end: (id: string) => rest.post(`${at(id)}/end`),
    rate: (id: string, score: number, comment: string) =>
      rest.post(`${at(id)}/rating`, comment === '' ? { score } : { score, comment }),
    sendTranscript: (id: string, email: string) => rest.post(`${at(id)}/transcript`, { email }),
    addTrail: (items: TrailItem[]) => rest.post('/visitor/trail', { items }),
  };
}

export type VisitorDoor = ReturnType<typeof visitorDoor>;
