import { Plus, Trash2 } from 'lucide-react';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { NumberField } from '../../../ui/form';
import type { QueueRules } from './queue_rules_dialog';

type Step = QueueRules['steps'][number];
const MOST_STEPS = 6;
const words = texts.routing.queue;

interface StepsFieldsProps {
  steps: readonly Step[];
  skills: QueueRules['skills'];
  onChange: (steps: Step[]) => void;
}

/** What is asked of an agent at first, and how much less while somebody waits. */
export function StepsFields({ steps, skills, onChange }: StepsFieldsProps) {
  const put = (at: number, part: Partial<Step>) =>
    onChange(steps.map((step, n) => (n === at ? { ...step, ...part } : step)));
  function add() {
    const last = steps.at(-1);
    onChange([...steps, { after_seconds: last ? last.after_seconds + 60 : 0, needs: last?.needs ?? [] }]);
  }
  return (
    <fieldset className="routing-steps">
      <legend className="field-label">{words.steps}</legend>
      {skills.length === 0 ? (
        <p className="form-hint">{words.no_skills}</p>
      ) : (
        <>
          {steps.length === 0 && <p className="form-hint">{words.anybody}</p>}
          {steps.map((step, at) => (
            <StepCard
              key={at}
              step={step}
              isFirst={at === 0}
              skills={skills}
              onChange={(part) => put(at, part)}
              onRemove={() => onChange(steps.filter((_, n) => n !== at))}
            />
          ))}
          <Button icon={Plus} disabled={steps.length >= MOST_STEPS} onClick={add}>
            {steps.length === 0 ? words.ask : words.add_step}
          </Button>
        </>
      )}
    </fieldset>
  );
}

interface StepCardProps {
  step: Step;
  isFirst: boolean;
  skills: QueueRules['skills'];
  onChange: (part: Partial<Step>) => void;
  onRemove: () => void;
}

function StepCard({ step, isFirst, skills, onChange, onRemove }: StepCardProps) {
  const levelOf = (id: string) => step.needs.find(({ skill_id }) => skill_id === id)?.level ?? 0;
  function ask(id: string, level: number) {
    const others = step.needs.filter(({ skill_id }) => skill_id !== id);
    onChange({ needs: level === 0 ? others : [...others, { skill_id: id, level }] });
  }
  const title = isFirst ? words.at_first : words.after(step.after_seconds);
  return (
    <div className="routing-step" role="group" aria-label={title}>
      <header>
        <strong>{title}</strong>
        <IconButton icon={Trash2} label={words.remove_step(title)} onClick={onRemove} />
      </header>
      {!isFirst && (
        <NumberField
          label={words.after_seconds}
          min={1}
          max={86400}
          value={step.after_seconds}
          onChange={(seconds) => onChange({ after_seconds: seconds })}
        />
      )}
      <div className="routing-needs">
        {skills.map(({ id, name }) => (
          <label key={id}>
            <span>{name}</span>
            <select
              className="field"
              value={String(levelOf(id))}
              onChange={(event) => ask(id, Number(event.currentTarget.value))}
            >
              {([0, 1, 2, 3, 4, 5] as const).map((level) => (
                <option key={level} value={level}>
                  {words.needs[level]}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
    </div>
  );
}
