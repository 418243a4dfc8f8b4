import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Building2, GraduationCap, Users, type LucideIcon } from 'lucide-react';
import type { Targets, WorkItem } from '@engage/client/src/agent';
import { useDesk } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';
import { presenceWords } from '../../state/presence_words';
import { useStore } from '../../state/store';
import { texts } from '../../texts';
import { Avatar } from '../../ui/avatar';
import { OptionList } from '../../ui/option_list';
import { Skeleton } from '../../ui/skeleton';
import './choose_list.css';
import type { Target } from './target_form';

const REFRESH_MS = 5_000;
type Agent = Targets['agents'][number];

interface TargetListProps {
  item: WorkItem;
  target: Target | null;
  onChoose: (one: Target) => void;
  /** Work can wait for a queue; whoever is asked in must be free now. */
  mayWait: boolean;
}

/** Where it can go, with who could take it now: told before anybody is chosen. */
export function TargetList({ item, target, onChoose, mayWait }: TargetListProps) {
  const { api, work } = useDesk();
  const myId = useStore(work.store, (state) => state.me.id);
  const query = useQuery({
    queryKey: ['targets', item.engagement_id],
    queryFn: () =>
      api.get('/api/v1/agent/engagements/{engagement_id}/targets', {
        path: { engagement_id: item.engagement_id },
      }),
    refetchInterval: REFRESH_MS,
  });
  const [typed, setTyped] = useState('');
  const [marked, setMarked] = useState('');
  const words = texts.parties.ask;
  const busy = new Set([item.agent?.id, myId, ...item.parties.map((party) => party.agent.id)]);
  const found = query.data && without(fitting(query.data, typed), busy, mayWait ? item.queue.id : null);
  const free = found ? valuesOf(found, mayWait) : [];
  // The field is there before the list: what is typed at once is looked for, and never falls into the note. The
  // library itself marks nothing in a list that comes after the words, nor who becomes free while one looks at him.
  return (
    <Command
      className="choose-list"
      label={words.to}
      shouldFilter={false}
      value={free.includes(marked) ? marked : (free[0] ?? '')}
      onValueChange={setMarked}
    >
      <Command.Input autoFocus data-first placeholder={words.search} value={typed} onValueChange={setTyped} />
      {query.error ? (
        <p className="choose-refusal" role="alert">
          {wordsFor(query.error)}
        </p>
      ) : found ? (
        <Choices {...found} mayWait={mayWait} target={target} onChoose={onChoose} />
      ) : (
        <Skeleton shape="rows" />
      )}
    </Command>
  );
}

/** Those in whose names all that was typed is found. */
function fitting({ agents, queues, skills, centres }: Targets, typed: string): Targets {
  const parts = typed.toLocaleLowerCase().split(/\s+/);
  const fits = ({ name }: { name: string }) => {
    const lower = name.toLocaleLowerCase();
    return parts.every((part) => lower.includes(part));
  };
  return {
    agents: agents.filter(fits),
    queues: queues.filter(fits),
    skills: skills.filter(fits),
    centres: centres.filter(fits),
  };
}

/** Neither who is in it already nor the queue where it waits. */
function without(targets: Targets, busy: Set<string | undefined>, queue: string | null): Targets {
  return {
    ...targets,
    agents: targets.agents.filter((one) => !busy.has(one.id)),
    queues: targets.queues.filter((one) => one.id !== queue),
  };
}

const valueOf = (kind: Target['kind'], one: { id: string; name: string }) =>
  `${kind} ${one.name} ${one.id}`.trim();

/** What may be chosen now, in the order of the list. */
function valuesOf({ agents, queues, skills, centres }: Targets, mayWait: boolean): string[] {
  const isFree = (one: { free: number }) => mayWait || one.free > 0;
  return [
    ...agents.filter((one) => one.has_room).map((one) => valueOf('agent', one)),
    ...queues.filter(isFree).map((one) => valueOf('queue', one)),
    ...skills.filter(isFree).map((one) => valueOf('skill', one)),
    ...centres.filter((one) => mayWait && one.state === 'open').map((one) => valueOf('centre', one)),
  ];
}

type ChoicesProps = Targets & Chosen & Pick<TargetListProps, 'mayWait'>;

function Choices({ agents, queues, skills, centres, mayWait, ...common }: ChoicesProps) {
  const words = texts.parties.ask;
  const isOff = (free: number) => !mayWait && free === 0;
  return (
    <OptionList none={words.none}>
      <Group heading={words.colleagues} of={agents}>
        {(one) => <AgentChoice key={one.id} one={one} {...common} />}
      </Group>
      <Group heading={mayWait ? texts.transfer.queues : words.queues} of={queues}>
        {(one) => (
          <Choice key={one.id} kind="queue" icon={Users} one={one} isOff={isOff(one.free)} {...common}>
            {mayWait ? `${texts.transfer.waiting(one.waiting)} · ` : ''}
            {words.free(one.free)}
          </Choice>
        )}
      </Group>
      <Group heading={mayWait ? texts.parties.transfer.skills : words.skills} of={skills}>
        {(one) => (
          <Choice
            key={one.id}
            kind="skill"
            icon={GraduationCap}
            one={one}
            isOff={isOff(one.free)}
            {...common}
          >
            {words.free(one.free)}
          </Choice>
        )}
      </Group>
      {mayWait && (
        <Group heading={words.centres} of={centres}>
          {(one) => (
            <Choice
              key={one.id}
              kind="centre"
              icon={Building2}
              one={one}
              isOff={one.state !== 'open'}
              {...common}
            >
              {words.free(one.free)}
            </Choice>
          )}
        </Group>
      )}
    </OptionList>
  );
}

function Group<T>({
  heading,
  of,
  children,
}: {
  heading: string;
  of: readonly T[];
  children: (one: T) => ReactNode;
}) {
  return of.length === 0 ? null : <Command.Group heading={heading}>{of.map(children)}</Command.Group>;
}

interface Chosen {
  target: Target | null;
  onChoose: (one: Target) => void;
}

function AgentChoice({ one, target, onChoose }: Chosen & { one: Agent }) {
  const words = texts.parties.ask;
  const reasons = useStore(useDesk().work.store, (state) => state.presence_reasons);
  const said = one.is_there && !one.has_room ? words.full : presenceWords(one, reasons);
  return (
    <Command.Item
      value={valueOf('agent', one)}
      disabled={!one.has_room}
      aria-current={target?.id === one.id}
      onSelect={() => onChoose({ kind: 'agent', id: one.id, name: one.name })}
    >
      <Avatar name={one.name} picture={one.picture} size={24} />
      <span className="choose-name truncate" dir="auto">
        {one.name}
      </span>
      <small>{!one.is_there && one.presence === 'available' ? words.absent : said}</small>
    </Command.Item>
  );
}

interface ChoiceProps extends Chosen {
  kind: Target['kind'];
  icon: LucideIcon;
  one: { id: string; name: string };
  isOff: boolean;
  children: ReactNode;
}

function Choice({ kind, icon: Icon, one, isOff, target, onChoose, children }: ChoiceProps) {
  return (
    <Command.Item
      value={valueOf(kind, one)}
      disabled={isOff}
      aria-current={target?.id === one.id}
      onSelect={() => onChoose({ kind, id: one.id, name: one.name })}
    >
      <span className="choose-mark">
        <Icon size={14} aria-hidden />
      </span>
      <span className="choose-name truncate" dir="auto">
        {one.name}
      </span>
      <small className="numbers">{children}</small>
    </Command.Item>
  );
}
