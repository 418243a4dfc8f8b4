/** What travels between server and front ends, under the names used here; the shapes are the server's own. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Entry = Schemas['Entry'];
export type Author = Schemas['Author'];
export type AuthorKind = Author['kind'];
export type Attachment = Schemas['AttachmentView'];
export type Details = Entry['details'];
export type StateDetails = Schemas['StateDetails'];
export type WaitRange = Schemas['WaitRange'];
export type EntryState = StateDetails['state'];
export type FormField = Schemas['FormField'];
export type EntriesAnswer = Schemas['EntryPage'];
/** How far somebody has received and read, in the numbers of the reader of this payload. */
export type Cursor = Schemas['CursorView'];

export type WidgetBootstrap = Schemas['WidgetConfig'];
export type SiteHome = Schemas['Home'];
export type Way = Schemas['Way'];
export type ChannelName = Way['channel'];
export type Topic = Schemas['Topic'];
export type HomeField = Schemas['Field'];
export type UploadPolicy = Schemas['UploadPolicy'];

export type ArticleLink = Schemas['PopularArticle'];
export type ArticleHit = Schemas['FoundArticle'];
export type ArticleSearch = Schemas['FoundArticles'];
/** Its HTML is sanitised by the server; links to other answers carry `data-article`. */
export type Article = Schemas['ArticleView'];

type SentTrailItem = Schemas['TrailItem-Input'];
/** Only what fits its kind is sent; the server takes the rest as null. */
export type TrailItem = Pick<SentTrailItem, 'kind' | 'at'> & Partial<SentTrailItem>;

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}
