import { useDeferredValue, useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronLeft, ExternalLink, Trash2 } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import { wordsFor } from '../../../state/failure';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { AreaField, SelectField, TextField } from '../../../ui/form';
import { StillForm } from '../../../ui/still_form';
import { ConfirmDialog } from '../confirm_dialog';
import { Loaded } from '../loaded';
import { SaveBar } from '../save_bar';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import { NEW, type Library } from './articles_page';

type Article = components['schemas']['EditedArticle'];
type ArticleForm = Required<components['schemas']['ArticleForm']>;
const words = texts.settings.articles;
const forGood = texts.admin.for_good;

interface ArticleEditorProps {
  siteId: string;
  id: string;
  categories: Library['categories'];
  onOpen: (id: string | null) => void;
  /** It is saved, or thrown away. */
  onDone: (id: string | null) => void;
}

export function ArticleEditor({ siteId, id, categories, onOpen, onDone }: ArticleEditorProps) {
  const { api } = useDesk();
  const query = useQuery({
    queryKey: ['articles', siteId, id],
    queryFn: () =>
      api.get('/api/v1/admin/sites/{site_id}/articles/{article}', { path: { site_id: siteId, article: id } }),
    enabled: id !== NEW,
    // What was read stands until it is saved: the server compares, and refuses to write over what another has saved.
    staleTime: Infinity,
    gcTime: 0,
  });
  const empty = newArticle(categories[0]?.key ?? '');
  return (
    <div className="article-editor">
      <Button look="quiet" icon={ChevronLeft} onClick={() => onOpen(null)}>
        {words.title}
      </Button>
      {id === NEW ? (
        <Editor siteId={siteId} article={null} stored={empty} categories={categories} onDone={onDone} />
      ) : (
        <Loaded query={query}>
          {(article) => (
            <Editor
              key={id}
              siteId={siteId}
              article={article}
              stored={formOf(article)}
              categories={categories}
              onDone={onDone}
            />
          )}
        </Loaded>
      )}
    </div>
  );
}

function newArticle(category: string): ArticleForm {
  return {
    title: '',
    slug: '',
    category,
    audience: 'public',
    state: 'draft',
    variants: [],
    featured: null,
    body: '',
    digest: null,
  };
}

function formOf({
  title,
  slug,
  category,
  audience,
  state,
  variants,
  featured,
  body,
  digest,
}: Article): ArticleForm {
  return {
    title,
    slug,
    category,
    audience: audience === 'agents' ? 'agents' : 'public',
    state: state === 'published' ? 'published' : 'draft',
    variants,
    featured,
    body,
    digest,
  };
}

interface EditorProps {
  siteId: string;
  /** None is not written yet. */
  article: Article | null;
  stored: ArticleForm;
  categories: Library['categories'];
  onDone: (id: string | null) => void;
}

function Editor({ siteId, article, stored, categories, onDone }: EditorProps) {
  const { api } = useDesk();
  const form = useForm(stored);
  const { value, change, errors } = form;
  const [isAsking, setAsking] = useState(false);
  const refresh = [['articles', siteId]];
  const at = { path: { site_id: siteId, article: article?.id ?? '' } };
  const save = useChange(
    () =>
      article
        ? api.put('/api/v1/admin/sites/{site_id}/articles/{article}', value, at)
        : api.post('/api/v1/admin/sites/{site_id}/articles', value, { path: { site_id: siteId } }),
    { refresh, said: texts.settings.saved, onDone: (saved) => !article && onDone(saved.id), quiet: true },
  );
  const isTrash = article?.state === 'trash';
  const route = '/api/v1/admin/sites/{site_id}/articles/{article}';
  const trash = useChange(() => api.delete(isTrash ? `${route}/for-good` : route, at), {
    refresh,
    said: isTrash ? forGood.done : words.trashed,
    onDone: () => onDone(null),
  });
  return (
    <StillForm isBusy={save.isPending && article === null} onSubmit={form.sends(save)}>
      <h1 className="visually-hidden">{article?.title ?? words.add}</h1>
      {isTrash && <p className="article-told">{words.in_trash}</p>}
      {article?.imported && <p className="article-told">{words.imported}</p>}
      <TextField
        label={words.article_title}
        required
        maxLength={200}
        autoFocus={article === null}
        value={value.title}
        error={errors.title}
        onChange={(title) => change({ title })}
      />
      <div className="article-facts">
        <SelectField
          label={words.category}
          value={value.category}
          options={categories.map(({ key, title }) => ({ value: key, label: title }))}
          onChange={(category) => change({ category })}
        />
        <SelectField
          label={words.state}
          value={value.state}
          options={(['draft', 'published'] as const).map((one) => ({ value: one, label: words.states[one] }))}
          onChange={(state) => change({ state })}
        />
        <SelectField
          label={words.audience}
          value={value.audience}
          options={[
            { value: 'public', label: words.everybody },
            { value: 'agents', label: words.agents },
          ]}
          onChange={(audience) => change({ audience })}
        />
        <TextField
          label={words.slug}
          placeholder={words.slug_hint}
          maxLength={120}
          value={value.slug}
          error={errors.slug}
          onChange={(slug) => change({ slug: slug.toLowerCase() })}
        />
      </div>
      <div className="article-text">
        <AreaField
          label={words.body}
          hint={words.body_hint}
          maxLength={60_000}
          value={value.body}
          error={errors.body}
          onChange={(body) => change({ body })}
        />
        <BodyPreview siteId={siteId} body={value.body} />
      </div>
      <AreaField
        label={words.variants}
        hint={words.variants_hint}
        value={value.variants.join('\n')}
        error={errors.variants}
        onChange={(text) => change({ variants: text === '' ? [] : text.split('\n') })}
        onBlur={() => change({ variants: value.variants.map((one) => one.trim()).filter(Boolean) })}
      />
      {save.isError && Object.keys(errors).length === 0 && (
        <p className="form-error" role="alert">
          {wordsFor(save.error)}
        </p>
      )}
      {article && (
        <div className="form-acts">
          {article.state === 'published' && article.audience === 'public' && (
            <a className="button button-plain" href={article.url} target="_blank" rel="noopener">
              <ExternalLink size={15} aria-hidden />
              <span className="truncate">{words.show}</span>
            </a>
          )}
          {isTrash ? (
            <>
              <Button onClick={form.sends(save)}>{words.restore}</Button>
              <Button look="danger" icon={Trash2} onClick={() => setAsking(true)}>
                {forGood.act}
              </Button>
            </>
          ) : (
            <Button look="quiet" icon={Trash2} onClick={() => setAsking(true)}>
              {words.trash}
            </Button>
          )}
        </div>
      )}
      <SaveBar isChanged={form.isChanged} isBusy={save.isPending} onDiscard={form.discard} />
      {isAsking && (
        <ConfirmDialog
          title={isTrash ? forGood.act : words.trash}
          lead={isTrash ? forGood.lead : words.trash_lead}
          confirm={isTrash ? forGood.act : words.trash}
          isBusy={trash.isPending}
          onConfirm={() => trash.mutate(undefined)}
          onClose={() => setAsking(false)}
        />
      )}
    </StillForm>
  );
}

/** Drawn by the server, as readers will see it. */
function BodyPreview({ siteId, body }: { siteId: string; body: string }) {
  const { api } = useDesk();
  const calm = useDeferredValue(body);
  const query = useQuery({
    queryKey: ['article_preview', siteId, calm],
    queryFn: ({ signal }) =>
      api.post(
        '/api/v1/admin/sites/{site_id}/articles/preview',
        { body: calm },
        { path: { site_id: siteId }, signal },
      ),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  return (
    <section className="article-preview" aria-label={words.preview}>
      <h2 className="field-label">{words.preview}</h2>
      {/* Sanitised by the renderer of the help centre; a script or a style would be refused by the policy too. */}
      <div dangerouslySetInnerHTML={{ __html: query.data?.html ?? '' }} />
    </section>
  );
}
