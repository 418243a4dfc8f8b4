import { useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import type { ArticleHit } from '@engage/client';
import { useDesk } from '../../state/desk_context';
import { texts } from '../../texts';
import { OptionList } from '../../ui/option_list';
import './article_picker.css';

interface ArticlePickerProps {
  siteId: string;
  conversationId: string;
  onClose: () => void;
}

/** Opens above the text; the chosen article goes with the reply. */
export function ArticlePicker({ siteId, conversationId, onClose }: ArticlePickerProps) {
  const { door, extras: extrasOf } = useDesk();
  const [query, setQuery] = useState('');
  const found = useQuery({
    queryKey: ['articles', siteId, query],
    queryFn: () => door.articles(siteId, query),
    placeholderData: (before) => before,
  });
  // Answers come later than keys: the first of them is chosen when it is there.
  const first = found.data?.items[0]?.slug ?? '';
  const [chosen, setChosen] = useState('');
  useEffect(() => setChosen(first), [first, query]);
  const words = texts.article_search;

  function pick(article: ArticleHit): void {
    const { slug, title } = article;
    extrasOf(conversationId).update((extras) => ({ ...extras, article: { slug, title } }));
    onClose();
  }

  return (
    <Command
      className="article-picker"
      label={words.title}
      shouldFilter={false}
      value={chosen}
      onValueChange={setChosen}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <Command.Input autoFocus placeholder={words.placeholder} value={query} onValueChange={setQuery} />
      <OptionList none={found.isError ? words.failed : found.data && words.empty}>
        {found.data?.items.map((article) => (
          <Command.Item key={article.slug} value={article.slug} onSelect={() => pick(article)}>
            <span className="article-picker-title">
              {article.title}
              {article.category && <small>{article.category}</small>}
            </span>
            <span className="article-picker-snippet truncate">
              {article.snippet.map((part, at) =>
                part.match ? <mark key={at}>{part.text}</mark> : part.text,
              )}
            </span>
          </Command.Item>
        ))}
      </OptionList>
    </Command>
  );
}
