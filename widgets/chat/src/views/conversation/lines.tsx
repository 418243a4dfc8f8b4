import { formWords, type Entry, type FormField, type Topic } from '@engage/client';
import type { State } from '../../state/state';
import type { Texts } from '../../texts';
import { day, exact } from '../../texts/times';
import { useApp } from '../../ui/context';

/** Something that happened, said quietly in the middle. */
export function QuietLine({ entry }: { entry: Entry }) {
  const { state, texts } = useApp();
  return (
    <p class="line" dir="auto" title={exact(entry.created_at, state.locale)}>
      {lineText(entry, texts, topicsOf(state))}
    </p>
  );
}

/** What the site may say in words of its own. */
const OWN_WORDS = new Set<string>(['overflowed', 'queue_busy', 'queue_closed']);

/** `topics` say what a queue is called in the visitor's language. */
export function lineText({ details, author }: Entry, texts: Texts, topics: readonly Topic[] = []): string {
  switch (details.type) {
    case 'state':
      if (details.comment && OWN_WORDS.has(details.state)) return details.comment;
      return texts.states[details.state](
        details.agent_name || author.name || texts.team,
        details.email ?? '',
      );
    case 'transfer':
      if (details.to_agent) return texts.transferTo(details.to_agent);
      if (!details.to_queue) return texts.transferringAnywhere;
      return texts.transferring(
        topics.find(({ name }) => name === details.to_queue)?.label ?? details.to_queue,
      );
    case 'call':
      return texts.callLines[details.what](details.agent_name ?? '');
    case 'plain':
    case 'note':
    case 'form':
    case 'article':
    case 'forward':
    case 'split':
      return '';
  }
}

const topicsOf = ({ home }: State) => (home.status === 'ready' ? home.value.topics : []);

export function DayDivider({ at }: { at: string }) {
  const { state } = useApp();
  return <p class="day">{day(at, state.locale)}</p>;
}

export function FormSummary({ fields }: { fields: readonly FormField[] }) {
  const { state, texts } = useApp();
  if (fields.length === 0) return null;
  return (
    <dl class="form-summary" aria-label={texts.yourDetails}>
      {fields.map((field) => {
        const { label, answer } = formWords(field, state.locale);
        return (
          <div key={field.key}>
            <dt dir="auto">{label}</dt>
            <dd dir="auto">{answer}</dd>
          </div>
        );
      })}
    </dl>
  );
}
