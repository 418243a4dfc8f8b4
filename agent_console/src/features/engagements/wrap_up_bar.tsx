import { useState } from 'react';
import { Command, defaultFilter } from 'cmdk';
import { CircleCheck, TimerReset } from 'lucide-react';
import type { Disposition, WorkItem } from '@engage/client/src/agent';
import { useNow } from '../../state/clock';
import { useDesk, useRequest } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';
import { useStore } from '../../state/store';
import { withItem } from '../../state/workspace';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { OptionList } from '../../ui/option_list';
import { countdown } from '../../ui/time_words';
import '../../ui/field.css';
import { leaveFor } from './next_work';
import './wrap_up_bar.css';

/** Between the levels of an outcome. */
const ARROW = ' › ';

/** Replaces the composer when the talk is over: outcome, note, and on to the next. */
export function WrapUpBar({ item }: { item: WorkItem }) {
  const desk = useDesk();
  const all = useStore(desk.work.store, (state) => state.dispositions);
  const dispositions = all.filter(({ site_id }) => site_id === item.site.id);
  const [chosen, setChosen] = useState<Disposition | null>(null);
  const [note, setNote] = useState('');
  const words = texts.wrap_up;

  const isReady = chosen !== null || !item.needs_outcome || dispositions.length === 0;

  function finish(): void {
    if (!isReady) return;
    void desk.work.wrapUp(item, chosen?.id ?? null, note.trim());
    leaveFor(desk, item);
  }
  useRequest('finish_wrap_up', finish);

  return (
    <form
      className="wrap-up"
      aria-label={words.title}
      onSubmit={(event) => {
        event.preventDefault();
        finish();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        event.stopPropagation();
        finish();
      }}
    >
      <header className="wrap-up-header">
        <CircleCheck size={15} aria-hidden />
        <h2>{words.title}</h2>
        <Timer item={item} />
        <MoreTime item={item} />
      </header>
      <div className="wrap-up-parts">
        {chosen ? (
          <p className="wrap-up-chosen">
            <span>{words.chosen(chosen.path.join(ARROW))}</span>
            <Button look="quiet" onClick={() => setChosen(null)}>
              {words.change}
            </Button>
          </p>
        ) : (
          <DispositionList of={dispositions} onChoose={setChosen} />
        )}
        <label className="wrap-up-note">
          <span className="visually-hidden">{words.note}</span>
          <textarea
            className="field"
            value={note}
            placeholder={words.note_placeholder}
            // Choosing the outcome leads on to the note.
            key={chosen?.id ?? 'open'}
            autoFocus={chosen !== null}
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
      </div>
      <footer className="wrap-up-footer">
        {!isReady && <span className="wrap-up-hint">{texts.parties.outcome_needed}</span>}
        <Button type="submit" look="primary" shortcut="Mod+Enter" disabled={!isReady}>
          {words.finish}
        </Button>
      </footer>
    </form>
  );
}

function Timer({ item }: { item: WorkItem }) {
  const now = useNow();
  if (!item.wrap_up_until) return null;
  const left = Date.parse(item.wrap_up_until) - now;
  const time = countdown(left);
  return (
    <span className="wrap-up-timer numbers" data-over={left <= 0} role="timer">
      {left > 0 ? texts.wrap_up.left(time) : texts.wrap_up.over(time)}
    </span>
  );
}

const MOST_MS = 900_000;

/** A minute more by one click, as long as the limit leaves one. */
function MoreTime({ item }: { item: WorkItem }) {
  const { api, work, notices } = useDesk();
  const ends = item.wrap_up_until ? Date.parse(item.wrap_up_until) : null;
  if (ends === null || ends >= Date.parse(item.state_since) + MOST_MS) return null;
  async function extend(): Promise<void> {
    const path = { engagement_id: item.engagement_id };
    try {
      const longer = await api.post('/api/v1/agent/engagements/{engagement_id}/wrap-up/extend', undefined, {
        path,
      });
      work.store.update((state) => withItem(state, longer));
    } catch (failure) {
      notices.say(wordsFor(failure), 'bad');
    }
  }
  return (
    <Button look="quiet" icon={TimerReset} onClick={() => void extend()}>
      {texts.parties.more_time}
    </Button>
  );
}

/** Two may have one label, so their ids tell them apart; nobody looks for those. */
const byPath: typeof defaultFilter = (_id, typed, keywords = []) => defaultFilter(keywords.join(' '), typed);

function DispositionList({
  of,
  onChoose,
}: {
  of: readonly Disposition[];
  onChoose: (one: Disposition) => void;
}) {
  const words = texts.wrap_up;
  return (
    <Command className="wrap-up-list" label={words.disposition} filter={byPath}>
      <Command.Input autoFocus placeholder={words.disposition} aria-label={words.search} />
      <OptionList none={words.none}>
        {of.map((one) => (
          <Command.Item
            key={one.id}
            value={one.id}
            keywords={[one.path.join(ARROW)]}
            onSelect={() => onChoose(one)}
          >
            {one.path.length > 1 && <small dir="auto">{one.path.slice(0, -1).join(ARROW) + ARROW}</small>}
            <bdi>{one.label}</bdi>
          </Command.Item>
        ))}
      </OptionList>
    </Command>
  );
}
