import { newClientId, Problem, repeating, type CallbackOptions } from '@engage/client';
import { useRef, useState } from 'preact/hooks';
import { useApp } from '../../ui/context';
import { Bar, Failed, Skeleton, useFocusOnShow } from '../../ui/parts';
import { focusFirst, FormFrame } from '../form_frame';
import { useDraft } from '../use_draft';
import { NumberField } from './number_field';
import { TimeChoice, type Chosen } from './time_choice';
import { useCalls, useLoadOnShow, useRefusal } from './use_calls';

/** A number, and when. From a waiting chat the call keeps its place. */
export function CallForm({ from }: { from: string | null }) {
  const { texts } = useApp();
  const calls = useCalls();
  useLoadOnShow(calls.load);
  const heading = useFocusOnShow<HTMLHeadingElement>();
  const { options, words } = calls;
  return (
    <div class="view">
      <Bar>
        <h1 ref={heading} tabIndex={-1}>
          {texts.callMe}
        </h1>
      </Bar>
      {options.status === 'loading' && <Skeleton rows={5} />}
      {options.status === 'failed' && (
        <Failed
          text={options.problem.code === 'callback_off' ? words.off : texts.homeFailed}
          onRetry={() => void calls.load()}
        />
      )}
      {options.status === 'ready' && <Form from={from} calls={calls} options={options.value} />}
    </div>
  );
}

interface Complaints {
  number?: string;
  time?: string;
  form?: string;
}

interface FormProps {
  from: string | null;
  calls: ReturnType<typeof useCalls>;
  options: CallbackOptions;
}

function Form({ from, calls, options }: FormProps) {
  const { state, engine, texts } = useApp();
  const { door, run, words } = calls;
  const refusal = useRefusal();
  const form = useRef<HTMLFormElement>(null);
  const draft = useDraft('call', () => ({
    client_id: newClientId(),
    country: options.country,
    number: '',
    name: state.visitor?.name ?? '',
    text: '',
  }));
  const { client_id, country, number, name, text } = draft.value;
  const [chosen, setChosen] = useState<Chosen>(options.now ? null : options.slots[0]);
  const [complaints, setComplaints] = useState<Complaints>({});
  const [sending, setSending] = useState(false);

  function complain(found: Complaints): void {
    setComplaints(found);
    focusFirst(form);
  }

  async function submit(): Promise<void> {
    if (number.trim() === '') return complain({ number: words.needNumber });
    if (chosen === undefined) return complain({ time: words.needTime });
    setComplaints({});
    setSending(true);
    const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const asked = {
      client_id,
      number,
      country,
      slot_at: chosen,
      conversation_id: from,
      text: text.trim(),
      time_zone,
      locale: state.locale,
      topic: '',
      name: name.trim() || null,
    };
    try {
      const call = await run(() => repeating(() => door.ask(asked)));
      draft.clear();
      await engine.called(call);
    } catch (failure) {
      setSending(false);
      await refused(failure);
    }
  }

  async function refused(failure: unknown): Promise<void> {
    const code = failure instanceof Problem ? failure.code : '';
    const said = refusal(failure);
    if (code === 'number_refused' || code === 'number_taken') return complain({ number: said });
    if (code !== 'slot_taken' && code !== 'not_now') return complain({ form: said });
    setChosen(undefined);
    complain({ time: said });
    await calls.load();
  }

  return (
    <FormFrame
      form={form}
      complaint={complaints.form}
      onSend={() => void submit()}
      acts={
        <button type="submit" class="button primary" disabled={sending}>
          {sending ? words.asking : words.ask}
        </button>
      }
    >
      <p class="intro">{from === null ? words.intro : words.keepsPlace}</p>
      <NumberField
        options={options}
        country={country}
        number={number}
        complaint={complaints.number}
        check={door.check}
        onChange={(part) => {
          draft.change(part);
          setComplaints({});
        }}
      />
      <TimeChoice
        options={options}
        chosen={chosen}
        complaint={complaints.time}
        onChoose={(time) => {
          setChosen(time);
          setComplaints({});
        }}
      />
      {from === null && (
        <div class="call-row">
          <label class="label" for="call-name">
            {texts.yourName}
            <span class="optional">{texts.optional}</span>
          </label>
          <input
            id="call-name"
            class="field"
            autocomplete="name"
            maxLength={100}
            value={name}
            onInput={(event) => draft.change({ name: event.currentTarget.value })}
          />
        </div>
      )}
      {from === null && (
        <div class="call-row">
          <label class="label" for="call-about">
            {words.about}
            <span class="optional">{texts.optional}</span>
          </label>
          <textarea
            id="call-about"
            class="field"
            rows={2}
            maxLength={10_000}
            value={text}
            onInput={(event) => draft.change({ text: event.currentTarget.value })}
          />
        </div>
      )}
    </FormFrame>
  );
}
