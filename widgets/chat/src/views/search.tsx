import type { ArticleHit, ArticleLink, ArticleSearch } from '@engage/client';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../ui/context';
import { Icon } from '../ui/icon';
import { IconButton, mayTakeFocus, Skeleton } from '../ui/parts';
import { useSearch } from './use_search';

const LIMIT = 5;

export function Search({ popular }: { popular: readonly ArticleLink[] }) {
  const { state, engine, texts } = useApp();
  const [words, setWords] = useState(state.asked);
  const search = useSearch(words, { limit: LIMIT, least: 2 });
  const field = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLElement>(null);

  useEffect(() => {
    if (state.asked !== '') setWords(state.asked);
  }, [state.asked]);
  useEffect(() => {
    // On a phone the keyboard would cover what we show.
    if (mayTakeFocus(state) && matchMedia('(pointer: fine)').matches)
      field.current?.focus({ preventScroll: true });
  }, [state.open]);

  const searching = words.trim().length >= 2;
  return (
    <section ref={box} onKeyDown={(event) => walk(event, box.current)}>
      <div class="search" role="search">
        <Icon name="search" />
        <input
          ref={field}
          type="search"
          dir="auto"
          enterkeyhint="search"
          autocomplete="off"
          maxLength={200}
          aria-label={texts.searchLabel}
          placeholder={texts.searchPlaceholder}
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
          onBlur={() => searching && engine.searched(words.trim())}
        />
        {words !== '' && (
          <IconButton
            icon="close"
            size={16}
            label={texts.clearSearch}
            onClick={() => {
              setWords('');
              field.current?.focus();
            }}
          />
        )}
      </div>
      <div class="answers">
        {!searching && popular.length > 0 && <h2>{texts.popular}</h2>}
        {searching ? (
          <Results words={words.trim()} search={search} />
        ) : (
          <ul class="card rows">
            {popular.slice(0, 3).map((article) => (
              <li key={article.slug}>
                <AnswerRow article={article} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function Results({ words, search }: { words: string; search: ReturnType<typeof useSearch> }) {
  const { texts } = useApp();
  if (search.status === 'failed') return <p class="note">{texts.searchFailed}</p>;
  if (search.found === null) return <Skeleton rows={3} />;
  return <Found words={words} found={search.found} />;
}

function Found({ words, found }: { words: string; found: ArticleSearch }) {
  const { texts } = useApp();
  return (
    <>
      <div role="status">
        <h2>{found.items.length === 0 ? texts.nothingFound(words) : texts.results(found.items.length)}</h2>
      </div>
      {found.corrected !== null && <p class="note">{texts.correctedTo(found.corrected)}</p>}
      {found.items.length === 0 && <p class="note">{texts.nothingFoundHint}</p>}
      <ul class="card rows">
        {found.items.map((hit) => (
          <li key={hit.slug}>
            <AnswerRow article={hit} />
          </li>
        ))}
      </ul>
    </>
  );
}

export function AnswerRow({ article }: { article: ArticleLink | ArticleHit }) {
  const { engine } = useApp();
  return (
    <button
      type="button"
      class="row answer"
      onClick={() => engine.go({ view: 'article', slug: article.slug })}
    >
      <span class="row-text">
        <span class="row-title" dir="auto">
          {article.title}
        </span>
        {'snippet' in article && article.snippet.length > 0 && (
          <span class="row-line snippet" dir="auto">
            {article.snippet.map((part, at) => (part.match ? <mark key={at}>{part.text}</mark> : part.text))}
          </span>
        )}
      </span>
      <Icon name="forward" size={16} />
    </button>
  );
}

/** The arrow keys go from the field into the answers and back. */
function walk(event: KeyboardEvent, box: HTMLElement | null): void {
  if (!box || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
  const stops = [...box.querySelectorAll<HTMLElement>('input, .answer')];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
