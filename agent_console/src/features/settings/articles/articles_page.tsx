import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { FileText, FolderTree, Plus, Star } from 'lucide-react';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../../state/desk_context';
import type { Route } from '../../../state/route';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { Empty } from '../../../ui/empty';
import { SelectField } from '../../../ui/form';
import { SearchField } from '../../../ui/search_field';
import { RouteLink } from '../../../state/route_link';
import { Loaded } from '../loaded';
import { PageFrame } from '../page_frame';
import type { SectionProps } from '../sections';
import { ArticleEditor } from './article_editor';
import { CategoriesDialog } from './categories_dialog';
import { FirstAnswersDialog } from './first_answers_dialog';
import './articles_page.css';

export type Library = components['schemas']['Library'];
type Row = Library['items'][number];
type Shown = 'all' | Row['state'];
const words = texts.settings.articles;
/** Stands in the address for an article that is not written yet. */
export const NEW = 'new';

export default function ArticlesPage({ site, item }: SectionProps) {
  const { api, router } = useDesk();
  const query = useQuery({
    queryKey: ['articles', site.id],
    queryFn: () => api.get('/api/v1/admin/sites/{site_id}/articles', { path: { site_id: site.id } }),
  });
  const at = (id: string | null): Route => ({
    page: 'settings',
    section: 'articles',
    site: site.key,
    item: id,
  });
  const open = (id: string | null) => router.go(at(id));
  if (item !== null) {
    return (
      <Loaded query={query}>
        {({ categories }) => (
          <ArticleEditor
            key={item}
            siteId={site.id}
            id={item}
            categories={categories}
            onOpen={open}
            onDone={(id) => router.move(at(id))}
          />
        )}
      </Loaded>
    );
  }
  return (
    <Loaded query={query}>
      {(library) => <ArticleList siteId={site.id} siteKey={site.key} library={library} onOpen={open} />}
    </Loaded>
  );
}

interface ArticleListProps {
  siteId: string;
  siteKey: string;
  library: Library;
  onOpen: (id: string) => void;
}

function ArticleList({ siteId, siteKey, library, onOpen }: ArticleListProps) {
  const [search, setSearch] = useState('');
  const [category, setCategory] = useState('');
  const [shown, setShown] = useState<Shown>('all');
  const [isArranging, setArranging] = useState(false);
  const [isPicking, setPicking] = useState(false);
  const rows = library.items.filter(
    (row) =>
      (shown === 'all' ? row.state !== 'trash' : row.state === shown) &&
      (!category || row.category === category) &&
      `${row.title} ${row.slug}`.toLowerCase().includes(search.trim().toLowerCase()),
  );
  return (
    <PageFrame
      size="table"
      title={words.title}
      lead={words.lead}
      actions={
        <>
          <Button icon={Star} onClick={() => setPicking(true)}>
            {texts.admin.first_answers.open}
          </Button>
          <Button icon={FolderTree} onClick={() => setArranging(true)}>
            {words.categories}
          </Button>
          <Button
            look="primary"
            icon={Plus}
            disabled={library.categories.length === 0}
            onClick={() => onOpen(NEW)}
          >
            {words.add}
          </Button>
        </>
      }
    >
      <div className="article-filters">
        <SearchField
          label={words.search}
          clearLabel={texts.settings.clear}
          value={search}
          onChange={setSearch}
        />
        <SelectField
          label={words.category}
          value={category}
          options={[
            { value: '', label: words.every_category },
            ...library.categories.map(({ key, title }) => ({ value: key, label: title })),
          ]}
          onChange={setCategory}
        />
        <SelectField<Shown>
          label={words.state}
          value={shown}
          options={(['all', 'published', 'draft', 'trash'] as const).map((one) => ({
            value: one,
            label: words.states[one],
          }))}
          onChange={setShown}
        />
      </div>
      {rows.length === 0 ? (
        <Empty
          icon={FileText}
          title={library.items.length === 0 ? words.empty : words.nothing_found}
          hint={library.categories.length === 0 ? words.no_categories : undefined}
        />
      ) : (
        <ul className="settings-rows">
          {rows.map((row) => (
            <li key={row.id}>
              <RouteLink
                className="article-row"
                to={{ page: 'settings', section: 'articles', site: siteKey, item: row.id }}
              >
                <span className="article-title">{row.title}</span>
                <span className="article-category">
                  {library.categories.find(({ key }) => key === row.category)?.title ?? row.category}
                </span>
                {row.audience !== 'public' && <span className="article-mark">{words.agents_short}</span>}
                {row.state !== 'published' && (
                  <span className="article-mark" data-state={row.state}>
                    {words.states[row.state]}
                  </span>
                )}
              </RouteLink>
            </li>
          ))}
        </ul>
      )}
      {isPicking && (
        <FirstAnswersDialog
          siteId={siteId}
          articles={library.items.filter((row) => row.state === 'published' && row.audience === 'public')}
          onClose={() => setPicking(false)}
        />
      )}
      {isArranging && (
        <CategoriesDialog siteId={siteId} stored={library.categories} onClose={() => setArranging(false)} />
      )}
    </PageFrame>
  );
}
