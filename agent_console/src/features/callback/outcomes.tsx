import { useState } from 'react';
import type { CallOutcome, WorkItem } from '@engage/client/src/agent';
import { serverNow } from '../../state/clock';
import { useDesk } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Keys } from '../../ui/keys';
import '../../ui/field.css';

const words = texts.call;
const OUTCOMES: readonly CallOutcome[] = [
  'reached',
  'no_answer',
  'busy',
  'voicemail',
  'wrong_number',
  'call_later',
  'never_again',
];

const LATER = [
  [1, words.in_an_hour],
  [3, words.in_three_hours],
  [24, words.tomorrow],
] as const;

const inHours = (hours: number) => new Date(serverNow() + hours * 3_600_000).toISOString();

interface OutcomesProps {
  item: WorkItem;
  isCalling: boolean;
  onRecorded: () => void;
}

/** How it went, by a click or by the digits; the call is not over before one is chosen. */
export function Outcomes({ item, isCalling, onRecorded }: OutcomesProps) {
  const { api, notices, requests } = useDesk();
  const [note, setNote] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [plans, setPlans] = useState(false);

  async function record(outcome: CallOutcome, call_at: string | null = null): Promise<void> {
    if (isBusy) return;
    if (outcome === 'call_later' && call_at === null) return setPlans(true);
    setBusy(true);
    try {
      const { state } = await api.post(
        '/api/v1/agent/engagements/{engagement_id}/callback/outcome',
        { outcome, note: note.trim() || null, call_at },
        { path: { engagement_id: item.engagement_id } },
      );
      // The work has left the desk, and what had the focus with it.
      if (state === 'scheduled') requests.ask('focus_timeline');
    } catch (failure) {
      notices.say(wordsFor(failure), 'bad');
    }
    setBusy(false);
    onRecorded();
  }

  const allowed = (outcome: CallOutcome) => isCalling || outcome === 'call_later';
  return (
    <fieldset
      className="call-bar-outcomes"
      onKeyDown={(event) => {
        const outcome = OUTCOMES[Number(event.key) - 1];
        if (outcome === undefined || !allowed(outcome) || event.target instanceof HTMLInputElement) return;
        event.preventDefault();
        event.stopPropagation();
        void record(outcome);
      }}
    >
      <legend>{words.how}</legend>
      {isCalling && (
        <input
          className="field"
          aria-label={words.note}
          placeholder={words.note}
          maxLength={2000}
          dir="auto"
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      )}
      {OUTCOMES.map((outcome, at) => (
        <Button
          key={outcome}
          data-outcome={outcome}
          disabled={isBusy || !allowed(outcome)}
          onClick={() => void record(outcome)}
        >
          {words.outcomes[outcome]} <Keys of={String(at + 1)} />
        </Button>
      ))}
      {plans && (
        <p className="call-bar-later">
          {LATER.map(([hours, label]) => (
            <Button
              key={label}
              look="primary"
              disabled={isBusy}
              onClick={() => void record('call_later', inHours(hours))}
            >
              {label}
            </Button>
          ))}
        </p>
      )}
    </fieldset>
  );
}
