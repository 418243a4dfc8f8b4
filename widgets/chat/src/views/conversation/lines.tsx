import { formWords, type Entry, type FormField } from '@engage/client';
import type { Texts } from '../../texts';
import { day, exact } from '../../texts/times';
import { useApp } from '../../ui/context';

/** Something that happened, said quietly in the middle. */
export function QuietLine({ entry }: { entry: Entry }) {
  const { state, texts } = useApp();
  return (
    <p class="line" title={exact(entry.created_at, state.locale)}>
      {lineText(entry, texts)}
    </p>
  );
}

export function lineText({ details, author }: Entry, texts: Texts): string {
  switch (details.type) {
    case 'state':
      return texts.states[details.state](
        details.agent_name || author.name || texts.team,
        details.email ?? '',
      );
    case 'transfer':
      if (details.to_agent) return texts.transferTo(details.to_agent);
      return details.to_queue ? texts.transferring(details.to_queue) : texts.transferringAnywhere;
    case 'call':
      return texts.callLines[details.what](details.agent_name ?? '');
    case 'plain':
    case 'note':
    case 'form':
    case 'article':
      return '';
  }
}

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
            <dt>{label}</dt>
            <dd>{answer}</dd>
          </div>
        );
      })}
    </dl>
  );
}
