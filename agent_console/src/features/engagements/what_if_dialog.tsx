import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleSlash2 } from 'lucide-react';
import type { WorkItem } from '@engage/client/src/agent';
import type { components } from '@engage/client/src/schema';
import { useDesk } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';
import { texts } from '../../texts';
import { Avatar } from '../../ui/avatar';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Skeleton } from '../../ui/skeleton';
import './what_if.css';

type WhatIf = components['schemas']['WhatIf'];
type Candidate = WhatIf['candidates'][number];
const REFRESH_MS = 5_000;
const words = texts.routing.what_if;

interface WhatIfDialogProps {
  item: Pick<WorkItem, 'engagement_id'> & { queue: Pick<WorkItem['queue'], 'name'> };
  onClose: () => void;
}

/** Who would get this work now, and what is in the way of the others: the router's own answer. */
export function WhatIfDialog({ item, onClose }: WhatIfDialogProps) {
  const { api } = useDesk();
  const query = useQuery({
    queryKey: ['what_if', item.engagement_id],
    queryFn: () =>
      api.get('/api/v1/agent/engagements/{engagement_id}/what-if', {
        path: { engagement_id: item.engagement_id },
      }),
    refetchInterval: REFRESH_MS,
  });
  return (
    <Dialog title={words.title} lead={words.lead(item.queue.name)} onClose={onClose}>
      {query.data ? (
        <Answer answer={query.data} />
      ) : query.error ? (
        <p role="alert">{wordsFor(query.error)}</p>
      ) : (
        <Skeleton shape="rows" />
      )}
      <div className="dialog-footer">
        <Button onClick={onClose} data-first>
          {texts.close}
        </Button>
      </div>
    </Dialog>
  );
}

function Answer({ answer }: { answer: WhatIf }) {
  const first = answer.candidates.find(({ place }) => place === 1);
  const hidden = answer.counts.reduce((sum, { people }) => sum + people, 0) - answer.candidates.length;
  return (
    <div className="what-if">
      <p className="what-if-answer" role="status">
        {first && answer.rule ? words.gets_it(first.agent.name, words.rules[answer.rule]) : words.nobody}
      </p>
      {answer.withheld && <p className="what-if-note">{words.withheld}</p>}
      <p className="what-if-note">
        {words.asks(answer.asks.map(({ name, level }) => `${name} ${level.toString()}`))}
        {answer.next_step_seconds !== null && ` ${words.less_in(answer.next_step_seconds)}`}
      </p>
      <ul className="what-if-people" aria-label={words.people} tabIndex={0}>
        {answer.candidates.map((candidate) => (
          <CandidateRow key={candidate.agent.id} candidate={candidate} />
        ))}
      </ul>
      {hidden > 0 && <p className="what-if-note">{words.more(hidden)}</p>}
    </div>
  );
}

function CandidateRow({ candidate }: { candidate: Candidate }) {
  const { agent, place } = candidate;
  const Icon = place === null ? CircleSlash2 : CircleCheck;
  return (
    <li data-able={place !== null || undefined}>
      <Avatar name={agent.name} picture={agent.picture} size={24} />
      <span className="what-if-name">{agent.name}</span>
      <span className="what-if-reason">{reasonOf(candidate)}</span>
      <Icon size={16} aria-hidden />
    </li>
  );
}

function reasonOf({ place, reason, lacks, for_seconds, said }: Candidate): string {
  if (place !== null) return place === 1 ? words.first : words.after_him;
  if (lacks) return words.lacks(lacks.name, lacks.level);
  if (reason === null) return '';
  const why = said === null ? words.reasons[reason] : texts.handling.declining.said(said);
  return for_seconds === null ? why : words.for_now(why, for_seconds);
}
