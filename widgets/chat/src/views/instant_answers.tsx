import { useApp } from '../ui/context';
import { AnswerRow } from './search';
import { useSearch } from './use_search';

const LEAST_LETTERS = 12;

/** Answers that may spare the question, while it is being written. */
export function InstantAnswers({ text }: { text: string }) {
  const { texts } = useApp();
  const { found } = useSearch(text.slice(0, 200), { limit: 2, least: LEAST_LETTERS });
  if (!found || found.items.length === 0) return null;
  return (
    <section class="instant" aria-label={texts.instantAnswers}>
      <div role="status">
        <h2>{texts.instantAnswers}</h2>
      </div>
      <ul class="card rows">
        {found.items.slice(0, 2).map(({ slug, title, category }) => (
          <li key={slug}>
            <AnswerRow article={{ slug, title, category }} />
          </li>
        ))}
      </ul>
    </section>
  );
}
