import { useState } from 'react';
import { ClockAlert, ListFilter, X } from 'lucide-react';
import { useNow } from '../../state/clock';
import { useDesk, useRequest } from '../../state/desk_context';
import {
  filtersText,
  isOverdue,
  parseFilters,
  SORTS,
  USUAL_SORT,
  type Filters,
  type Sort,
} from '../../state/filters';
import type { WorkPlace } from '../../state/route';
import { useValue } from '../../state/store';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { SelectField, SwitchField, type Choice } from '../../ui/form';
import { Popover } from '../../ui/popover';
import { useLabelChoices } from './label_choices';
import { ViewsMenu } from './views_menu';
import './filter_bar.css';

type Choosable = 'site_id' | 'queue_id' | 'channel' | 'state' | 'agent' | 'label_id' | 'waiting_minutes';

const WAITS = [1, 5, 15, 60, 240, 1440] as const;
const STATES = ['queued', 'offered', 'active', 'parked', 'wrapping_up'] as const;
const CLOSED = ['closed', 'abandoned'] as const;

/** What can be chosen for each filter, in words. */
function useChoices(place: WorkPlace): Record<Choosable, Choice<string>[]> {
  const { work } = useDesk();
  const { me, queues, colleagues } = useValue(work.store);
  const labels = useLabelChoices();
  const words = texts.lists;
  const channels: Record<string, string> = texts.channels;
  return {
    site_id: me.sites.map((site) => ({ value: site.id, label: site.name })),
    queue_id: queues.map((queue) => ({ value: queue.id, label: queue.name })),
    channel: Object.entries(channels).map(([value, label]) => ({ value, label })),
    state: (place === 'closed' ? CLOSED : STATES).map((value) => ({ value, label: texts.states[value] })),
    agent: [
      { value: 'nobody', label: words.nobody_holds },
      { value: me.id, label: words.myself },
      ...colleagues.filter((one) => one.id !== me.id).map(({ id, name }) => ({ value: id, label: name })),
    ],
    label_id: labels,
    waiting_minutes: WAITS.map((minutes) => ({ value: String(minutes), label: words.longer_than(minutes) })),
  };
}

const ORDER: readonly Choosable[] = [
  'site_id',
  'queue_id',
  'channel',
  'state',
  'agent',
  'label_id',
  'waiting_minutes',
];

interface FilterBarProps {
  place: WorkPlace;
  filters: string | undefined;
}

export function FilterBar({ place, filters: text }: FilterBarProps) {
  const { router } = useDesk();
  const filters = parseFilters(text);
  const choices = useChoices(place);
  const [isOpen, setOpen] = useState(false);
  useRequest('open_filters', () => setOpen(true));
  const words = texts.lists;

  function set(change: Partial<Filters>): void {
    const route = router.route.get();
    if (route.page === 'work') router.go({ ...route, filters: filtersText({ ...filters, ...change }) });
  }
  const choose = (key: Choosable, value: string) =>
    set({ [key]: value === '' ? undefined : key === 'waiting_minutes' ? Number(value) : value });
  const chosen = ORDER.filter((key) => filters[key] !== undefined);
  // A site is no choice for who has one, and nobody needs a filter by queue who serves one.
  const offered = ORDER.filter(
    (key) => choices[key].length > (key === 'site_id' || key === 'queue_id' ? 1 : 0),
  );

  return (
    <div className="filter-bar">
      <div className="filter-bar-tools">
        <Popover
          label={words.filter}
          open={isOpen}
          onOpenChange={setOpen}
          trigger={
            <Button look="quiet" icon={ListFilter} aria-expanded={isOpen}>
              {words.filter}
            </Button>
          }
        >
          {offered.map((key) => (
            <SelectField
              key={key}
              label={words.by[key]}
              value={String(filters[key] ?? '')}
              options={[{ value: '', label: words.any }, ...choices[key]]}
              onChange={(value) => choose(key, value)}
            />
          ))}
          <SwitchField
            label={words.by.unread}
            on={filters.unread === true}
            onChange={(unread) => set({ unread })}
          />
          <SwitchField
            label={words.by.overdue}
            on={filters.overdue === true}
            onChange={(overdue) => set({ overdue })}
          />
        </Popover>
        <ViewsMenu place={place} filters={filters} />
        {!filters.overdue && <OverdueCount place={place} onChoose={() => set({ overdue: true })} />}
        <select
          className="filter-sort"
          aria-label={words.sort}
          value={filters.sort ?? USUAL_SORT[place]}
          onChange={(event) => set({ sort: event.currentTarget.value as Sort })}
        >
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {words.sorts[sort]}
            </option>
          ))}
        </select>
      </div>
      {(chosen.length > 0 || filters.unread || filters.overdue) && (
        <ul className="filter-chips" aria-label={words.filters_on}>
          {chosen.map((key) => {
            const value = String(filters[key]);
            const label = choices[key].find((one) => one.value === value)?.label ?? value;
            return (
              <Chip key={key} text={words.chip(words.by[key], label)} onRemove={() => choose(key, '')} />
            );
          })}
          {filters.unread && <Chip text={words.by.unread} onRemove={() => set({ unread: false })} />}
          {filters.overdue && <Chip text={words.by.overdue} onRemove={() => set({ overdue: false })} />}
        </ul>
      )}
    </div>
  );
}

/** How many of this list are late, as long as all of it is on the desk. */
function OverdueCount({ place, onChoose }: { place: WorkPlace; onChoose: () => void }) {
  const { work } = useDesk();
  const now = useNow();
  const { mine, queues } = useValue(work.store);
  const items = place === 'mine' ? mine : place === 'queue' ? queues.flatMap((queue) => queue.items) : [];
  const late = items.filter((item) => isOverdue(item, now)).length;
  if (late === 0) return null;
  return (
    <button type="button" className="overdue-count" onClick={onChoose}>
      <ClockAlert size={13} aria-hidden />
      {texts.lists.overdue_count(late)}
    </button>
  );
}

function Chip({ text, onRemove }: { text: string; onRemove: () => void }) {
  return (
    <li className="filter-chip">
      <span className="truncate" dir="auto">
        {text}
      </span>
      <button type="button" aria-label={texts.lists.remove_filter(text)} onClick={onRemove}>
        <X size={13} aria-hidden />
      </button>
    </li>
  );
}
