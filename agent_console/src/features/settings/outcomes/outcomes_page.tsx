import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { CircleCheckBig, IndentDecrease, IndentIncrease } from 'lucide-react';
import type { Disposition } from '@engage/client/src/agent';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { IconButton } from '../../../ui/button';
import { NounList } from '../noun_list';
import { AddName, MoveButtons, NameField, RemoveButton } from '../noun_row';
import type { SectionProps } from '../sections';
import { useChange } from '../use_change';
import { branchOf, DEPTH, depthOf, moved, type Place, type Step } from './tree';
import './outcomes.css';

const words = texts.settings.outcomes;
const tree = texts.handling.outcome_tree;
const LONGEST = 100;
const LIST = '/api/v1/admin/sites/{site_id}/outcomes';
const ONE = '/api/v1/admin/outcomes/{outcome_id}';
const KEYS: Record<string, Step> = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'in', ArrowLeft: 'out' };

export default function OutcomesPage({ site }: SectionProps) {
  const { api } = useDesk();
  const path = { site_id: site.id };
  const refresh = [['outcomes', site.id]];
  const [parent, setParent] = useState('');
  const query = useQuery({ queryKey: ['outcomes', site.id], queryFn: () => api.get(LIST, { path }) });
  const order = useChange((items: Place[]) => api.put(`${LIST}/order`, { items }, { path }), { refresh });
  const add = (label: string) => api.post(LIST, { label, parent_id: parent || null }, { path });
  const rows = query.data?.items ?? [];
  const step = (id: string, to: Step): (() => void) | null => {
    const next = moved(rows, id, to);
    return next && (() => order.mutate(next.map(({ id: one, parent_id }) => ({ id: one, parent_id }))));
  };
  return (
    <NounList
      words={words}
      icon={CircleCheckBig}
      query={query}
      add={
        <AddName words={words} maxLength={LONGEST} send={add} refresh={refresh}>
          {() => <ParentField rows={rows} value={parent} onChange={setParent} />}
        </AddName>
      }
      row={(outcome) => (
        <OutcomeRow
          outcome={outcome}
          depth={depthOf(rows, outcome)}
          below={branchOf(rows, outcome).length - 1}
          step={(to) => step(outcome.id, to)}
          refresh={refresh}
        />
      )}
    />
  );
}

interface ParentFieldProps {
  rows: readonly Disposition[];
  value: string;
  onChange: (id: string) => void;
}

/** Which one the new one is a kind of. */
function ParentField({ rows, value, onChange }: ParentFieldProps) {
  const possible = rows.filter((row) => depthOf(rows, row) < DEPTH);
  return (
    <select
      className="field outcome-parent"
      aria-label={tree.under}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value="">{tree.top}</option>
      {possible.map((row) => (
        <option key={row.id} value={row.id}>
          {row.path.join(' › ')}
        </option>
      ))}
    </select>
  );
}

interface OutcomeRowProps {
  outcome: Disposition;
  depth: number;
  below: number;
  /** What a step does; null where it cannot go. */
  step: (to: Step) => (() => void) | null;
  refresh: string[][];
}

/** One outcome, as far in as it is deep; Alt and an arrow key move it, and the caret stays in it. */
function OutcomeRow({ outcome: { id: outcome_id, label }, depth, below, step, refresh }: OutcomeRowProps) {
  const { api } = useDesk();
  const row = useRef<HTMLDivElement>(null);
  const isMoving = useRef(false);
  useEffect(() => {
    // A row that changes its place on the page loses the focus.
    if (isMoving.current && document.activeElement === document.body)
      row.current?.querySelector('input')?.focus();
    isMoving.current = false;
  });
  function onKeyDown(event: KeyboardEvent): void {
    const to = KEYS[event.key];
    if (!to || !event.altKey) return;
    event.preventDefault();
    const go = step(to);
    isMoving.current = go !== null;
    go?.();
  }
  return (
    <div className="outcome-row" data-depth={depth} ref={row} onKeyDown={onKeyDown} title={tree.keys}>
      <NameField
        name={label}
        maxLength={LONGEST}
        send={(next) => api.put(ONE, { label: next }, { path: { outcome_id } })}
        refresh={refresh}
      />
      <MoveButtons name={label} move={{ up: step('up'), down: step('down') }} />
      <IconButton
        icon={IndentDecrease}
        label={tree.out(label)}
        disabled={!step('out')}
        onClick={() => step('out')?.()}
      />
      <IconButton
        icon={IndentIncrease}
        label={tree.in(label)}
        disabled={!step('in')}
        onClick={() => step('in')?.()}
      />
      <RemoveButton
        name={label}
        lead={tree.remove_lead(label, below)}
        send={() => api.delete(ONE, { path: { outcome_id } })}
        refresh={refresh}
      />
    </div>
  );
}
