import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Paperclip } from 'lucide-react';
import { classNames } from '../../ui/class_names';
import { tokenAt, type Token } from './token';
import './suggestions.css';

export interface Suggestion {
  id: string;
  title: string;
  /** What one types for it. */
  word: string | null;
  /** The whole text, as it would stand in the field. */
  preview: string | null;
  files: number;
}

interface SuggestionsConfig<S extends Suggestion> {
  sign: '/' | '@';
  text: string;
  label: string;
  /** Said when nothing matches; null shows no list then. */
  empty: string | null;
  find: (query: string) => readonly S[];
  onPick: (suggestion: S, token: Token) => void;
}

/** A list above the text for what is typed after a sign: arrows choose, Enter or Tab takes, Escape leaves. */
export function useSuggestions<S extends Suggestion>(config: SuggestionsConfig<S>) {
  const { sign, text, label, empty, find, onPick } = config;
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [left, setLeft] = useState<number | null>(null);
  const listId = useId();
  const token = tokenAt(text, caret, sign);
  const found = token && token.from !== left ? find(token.query) : [];
  const isOpen = token !== null && token.from !== left && (found.length > 0 || empty !== null);
  const at = Math.min(chosen, Math.max(0, found.length - 1));
  useEffect(() => setChosen(0), [token?.query]);
  useEffect(() => {
    if (token === null) setLeft(null);
  }, [token === null]);

  function onKeyDown(event: KeyboardEvent): boolean {
    if (!isOpen || !token || event.nativeEvent.isComposing) return false;
    if (event.key === 'Escape') setLeft(token.from);
    else if (found.length === 0) return false;
    else if (event.key === 'ArrowDown') setChosen((at + 1) % found.length);
    else if (event.key === 'ArrowUp') setChosen((at - 1 + found.length) % found.length);
    else if ((event.key === 'Enter' || event.key === 'Tab') && found[at]) onPick(found[at], token);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  const list = isOpen && token && (
    <SuggestionList
      id={listId}
      label={label}
      empty={empty}
      found={found}
      at={at}
      onChoose={setChosen}
      onPick={(suggestion) => onPick(suggestion, token)}
    />
  );
  return {
    list: list as ReactNode,
    onKeyDown,
    onCaret: setCaret,
    told: {
      'aria-autocomplete': 'list' as const,
      'aria-controls': isOpen ? listId : undefined,
      'aria-activedescendant': isOpen && found.length > 0 ? `${listId}-${at}` : undefined,
    },
  };
}

interface ListProps<S extends Suggestion> {
  id: string;
  label: string;
  empty: string | null;
  found: readonly S[];
  at: number;
  onChoose: (at: number) => void;
  onPick: (suggestion: S) => void;
}

function SuggestionList<S extends Suggestion>({
  id,
  label,
  empty,
  found,
  at,
  onChoose,
  onPick,
}: ListProps<S>) {
  const chosenRow = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // Newer browsers answer with a promise, which an effect must not return.
    void chosenRow.current?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  if (found.length === 0) return <p className="suggestions suggestions-empty">{empty}</p>;
  const preview = found[at]?.preview ?? null;
  return (
    <div className={classNames('suggestions', preview !== null && 'has-preview')}>
      <ul id={id} role="listbox" aria-label={label}>
        {found.map((one, place) => (
          <li
            key={one.id}
            id={`${id}-${place}`}
            ref={place === at ? chosenRow : undefined}
            role="option"
            aria-selected={place === at}
            onPointerMove={() => place !== at && onChoose(place)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onPick(one)}
          >
            <span className="truncate">{one.title}</span>
            {one.files > 0 && <Paperclip size={12} aria-hidden />}
            {one.word && <kbd>{one.word}</kbd>}
          </li>
        ))}
      </ul>
      {preview !== null && (
        <p className="suggestions-preview" dir="auto">
          {preview}
        </p>
      )}
    </div>
  );
}
