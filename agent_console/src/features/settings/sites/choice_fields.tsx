import { useId } from 'react';
import { Plus, Trash2 } from 'lucide-react';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { labelOf, withChoice, withLabel, type Choice } from './pre_chat';

const words = texts.settings.pre_chat;
const MOST = 50;

interface ChoiceFieldsProps {
  choices: readonly Choice[];
  /** The language that is being written, then the site's first. */
  locales: readonly [string, string];
  /** The question that is only asked after this answer. */
  neededBy: (value: string) => string | undefined;
  onChange: (choices: Choice[]) => void;
}

/** The answers to choose from, in one language; a grey one has no words of its own in it yet. */
export function ChoiceFields({ choices, locales, neededBy, onChange }: ChoiceFieldsProps) {
  const id = useId();
  const { notices } = useDesk();
  const [locale, main] = locales;
  function remove(at: number) {
    const question = neededBy(choices[at]?.value ?? '');
    if (question !== undefined) return notices.say(words.choice_needed(question), 'bad');
    onChange(choices.filter((_, place) => place !== at));
  }
  return (
    <div role="group" aria-labelledby={id}>
      <p className="field-label" id={id}>
        {words.choices}
      </p>
      <ul className="choice-fields">
        {choices.map((choice, at) => (
          <li key={choice.value}>
            <input
              className="field"
              dir="auto"
              aria-label={words.choice(at + 1)}
              maxLength={120}
              placeholder={labelOf(choice, [main])}
              value={choice.labels[locale] ?? ''}
              onChange={({ currentTarget: { value: label } }) =>
                onChange(choices.with(at, { ...choice, labels: withLabel(choice.labels, locale, label) }))
              }
            />
            <IconButton
              icon={Trash2}
              label={texts.settings.remove(labelOf(choice, locales) ?? words.choice(at + 1))}
              disabled={choices.length <= 2}
              onClick={() => remove(at)}
            />
          </li>
        ))}
      </ul>
      {choices.length < MOST && (
        <Button look="quiet" icon={Plus} onClick={() => onChange(withChoice(choices))}>
          {words.add_choice}
        </Button>
      )}
    </div>
  );
}
