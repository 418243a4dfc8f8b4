import type { CallbackView } from '@engage/client';
import { useState } from 'preact/hooks';
import { clock, upcoming } from '../../texts/times';
import { isCallOpen } from '../../state/conversation';
import { useApp } from '../../ui/context';
import { Icon } from '../../ui/icon';
import { Sheet } from '../../ui/sheet';
import { TimeChoice, type Chosen } from './time_choice';
import { useCalls, useLoadOnShow, useRefusal } from './use_calls';
import type { CallWords } from './words';

/** How the call-back stands, live, with the ways to change it. */
export function CallCard({ call }: { call: CallbackView }) {
  const { state, engine, texts } = useApp();
  const { door, run, words } = useCalls();
  const refusal = useRefusal();
  const [asks, setAsks] = useState<'nothing' | 'cancel' | 'move'>('nothing');
  const [complaint, setComplaint] = useState('');
  if (!isCallOpen(call)) return null;

  async function cancel(): Promise<void> {
    try {
      await run(() => door.cancel(call.id));
      await engine.called({ ...call, state: 'cancelled', can_cancel: false, can_move: false });
    } catch (failure) {
      setComplaint(refusal(failure));
    }
    setAsks('nothing');
  }

  return (
    <section class={`queue-card call-card is-${call.state}`} aria-label={texts.callMe}>
      <span class="call-mark">
        <Icon name="phone" size={20} />
      </span>
      <div>
        <p role="status">
          <strong>{texts.calls[call.state]}</strong>
          <span class="call-number-shown">{call.number}</span>
          <span>{promise(call, words, state.locale)}</span>
        </p>
        {complaint !== '' && (
          <p class="complaint" role="alert">
            {complaint}
          </p>
        )}
        {asks === 'cancel' ? (
          <div class="call-acts">
            <button type="button" class="button danger" onClick={() => void cancel()}>
              {words.cancelSure}
            </button>
            <button type="button" class="button quiet" onClick={() => setAsks('nothing')}>
              {words.keep}
            </button>
          </div>
        ) : (
          <div class="call-acts">
            {call.can_move && (
              <button type="button" class="button quiet" onClick={() => setAsks('move')}>
                {words.change}
              </button>
            )}
            {call.can_cancel && (
              <button type="button" class="button quiet" onClick={() => setAsks('cancel')}>
                {words.cancel}
              </button>
            )}
          </div>
        )}
      </div>
      {asks === 'move' && <MoveSheet call={call} onClose={() => setAsks('nothing')} />}
    </section>
  );
}

/** What we can honestly say of when. */
function promise(call: CallbackView, words: CallWords, locale: string): string {
  if (call.state === 'soon' || call.state === 'calling')
    return call.agent_name ? `${words.by(call.agent_name)}. ${words.keepPhone}` : words.keepPhone;
  if (call.slot_at !== null && (call.state === 'planned' || call.state === 'missed')) {
    const from = upcoming(call.slot_at, locale);
    const shown = call.slot_until ? words.window(from, clock(call.slot_until, locale)) : from;
    return call.state === 'missed' ? `${words.again}: ${shown}` : shown;
  }
  if (call.position === null) return '';
  const place = call.position === 1 ? words.next : words.place(call.position);
  if (call.expected_wait_seconds === null) return place;
  return `${place} · ${words.wait(Math.round(call.expected_wait_seconds / 60))}`;
}

function MoveSheet({ call, onClose }: { call: CallbackView; onClose: () => void }) {
  const { engine } = useApp();
  const { door, options, load, run, words } = useCalls();
  useLoadOnShow(load);
  const refusal = useRefusal();
  const [chosen, setChosen] = useState<Chosen>(undefined);
  const [complaint, setComplaint] = useState<string>();

  async function save(): Promise<void> {
    if (chosen === undefined) return setComplaint(words.needTime);
    try {
      await engine.called(await run(() => door.move(call.id, chosen)));
      onClose();
    } catch (failure) {
      setComplaint(refusal(failure));
      setChosen(undefined);
      await load();
    }
  }

  return (
    <Sheet label={words.change} onClose={onClose}>
      <h2>{words.change}</h2>
      {options.status === 'ready' && (
        <TimeChoice
          options={options.value}
          chosen={chosen}
          complaint={complaint}
          onChoose={(time) => {
            setChosen(time);
            setComplaint(undefined);
          }}
        />
      )}
      <div class="call-acts">
        <button
          type="button"
          class="button primary"
          disabled={options.status !== 'ready'}
          onClick={() => void save()}
        >
          {words.save}
        </button>
        <button type="button" class="button quiet" onClick={onClose}>
          {words.keep}
        </button>
      </div>
    </Sheet>
  );
}
