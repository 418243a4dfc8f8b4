import { Problem, type Attachment, type ChannelName, type SiteHome } from '@engage/client';
import { useRef, useState } from 'preact/hooks';
import type { State } from '../state/state';
import type { Texts } from '../texts';
import { AttachButton, Chosen } from '../ui/attachments';
import { useApp } from '../ui/context';
import { Icon } from '../ui/icon';
import { Bar, Failed, Skeleton, useFocusOnShow } from '../ui/parts';
import {
  askedByMail,
  complaintsFrom,
  complaintsIn,
  isAsked,
  nextTry,
  TEXT,
  TOPIC,
  type Complaints,
  type ContactDraft,
} from './contact_rules';
import { Field, Topics } from './contact_fields';
import { focusFirst, FormFrame } from './form_frame';
import { openingTime } from './home';
import { InstantAnswers } from './instant_answers';
import { useDraft } from './use_draft';
import { useUploads } from './use_uploads';

export function ContactView({ channel }: { channel: ChannelName }) {
  const { state, engine, texts } = useApp();
  const { home } = state;
  const byMail = channel === 'email' || (home.status === 'ready' && !home.value.open);
  const heading = useFocusOnShow<HTMLHeadingElement>();
  return (
    <div class="view">
      <Bar>
        <h1 ref={heading} tabIndex={-1}>
          {byMail ? texts.newMail : texts.newChat}
        </h1>
      </Bar>
      {home.status === 'loading' && <Skeleton rows={5} />}
      {home.status === 'failed' && <Failed text={texts.homeFailed} onRetry={() => void engine.loadHome()} />}
      {home.status === 'ready' && <ContactForm home={home.value} byMail={byMail} />}
    </div>
  );
}

function ContactForm({ home, byMail }: { home: SiteHome; byMail: boolean }) {
  const { state, engine, texts, spoken } = useApp();
  const draft = useDraft<ContactDraft>('contact', () => emptyDraft(state));
  const [complaints, setComplaints] = useState<Complaints>({});
  const [sending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { value } = draft;
  const uploads = useUploads(value.attachments, (attachment) => {
    draft.change(({ attachments }) => ({ attachments: [...attachments, attachment] }));
  });
  const asked = byMail ? askedByMail(home.fields) : home.fields;
  const fields = asked.filter((field) => isAsked(field, value));

  /** What is being mended is not complained about any more. */
  function forgive(key: string): void {
    setComplaints(({ [key]: mended, form, ...rest }) => rest);
  }

  async function submit(): Promise<void> {
    const found = complaintsIn(value, fields, home.topics.length > 0, texts);
    setComplaints(found);
    if (Object.keys(found).length > 0) return focusFirst(form);
    setSending(true);
    const tried = nextTry(value);
    draft.change({ tried });
    try {
      await engine.start({
        client_id: tried.client_id,
        channel: byMail ? 'email' : 'webchat',
        topic: value.topic,
        fields: filled(Object.fromEntries(fields.map(({ key }) => [key, value.values[key] ?? '']))),
        text: value.text.trim(),
        attachments: value.attachments,
      });
      draft.clear();
    } catch (failure) {
      const refused = failure instanceof Problem && !failure.isTransient;
      draft.change({ tried: { ...tried, refused } });
      setComplaints(
        failure instanceof Problem ? complaintsFrom(failure, texts) : { form: texts.notSentKept },
      );
      focusFirst(form);
      setSending(false);
    }
  }

  return (
    <FormFrame
      form={form}
      complaint={complaints.form}
      onSend={() => void submit()}
      acts={
        <>
          <AttachButton uploads={uploads} />
          <button type="submit" class="button primary" disabled={sending || uploads.running.length > 0}>
            {sending ? texts.sending : byMail ? texts.sendMail : texts.startChat}
          </button>
        </>
      }
    >
      <p class="intro" {...spoken(introKey(home, byMail))}>
        {introOf(home, byMail, state.locale, texts)}
      </p>
      {home.ways.some((way) => way.channel === 'callback') && (
        <button type="button" class="call-offer" onClick={() => engine.go({ view: 'call', from: null })}>
          <Icon name="phone" size={18} />
          <span>{texts.callRather}</span>
          <Icon name="forward" size={16} />
        </button>
      )}
      {home.topics.length > 0 && (
        <Topics
          topics={home.topics}
          chosen={value.topic}
          complaint={complaints[TOPIC]}
          onChoose={(topic) => {
            draft.change({ topic });
            forgive(TOPIC);
          }}
        />
      )}
      <label class="label" for="first-message">
        {texts.message}
      </label>
      <textarea
        id="first-message"
        class="field"
        rows={4}
        dir="auto"
        maxLength={10_000}
        placeholder={texts.messagePlaceholder}
        aria-invalid={complaints[TEXT] !== undefined}
        aria-describedby="first-message-complaint"
        value={value.text}
        onInput={(event) => {
          draft.change({ text: event.currentTarget.value });
          forgive(TEXT);
        }}
      />
      <p class="complaint" id="first-message-complaint">
        {complaints[TEXT]}
      </p>
      <Chosen
        ready={value.attachments}
        uploads={uploads}
        onRemove={(id) => draft.change({ attachments: value.attachments.filter((one) => one.id !== id) })}
      />
      <InstantAnswers text={value.text} />
      <div class={fields.length === 2 ? 'form-pair' : ''}>
        {fields.map((field) => (
          <Field
            key={field.key}
            field={field}
            value={value.values[field.key] ?? ''}
            complaint={complaints[field.key]}
            onChange={(text) => {
              draft.change({ values: { ...value.values, [field.key]: text } });
              forgive(field.key);
            }}
          />
        ))}
      </div>
    </FormFrame>
  );
}

function emptyDraft({ visitor }: State): ContactDraft {
  const values: Record<string, string> = {};
  if (visitor?.name) values.name = visitor.name;
  if (visitor?.email) values.email = visitor.email;
  const attachments: Attachment[] = [];
  return { tried: null, topic: '', values, text: '', attachments };
}

function filled(values: Readonly<Record<string, string>>): Record<string, string> {
  const trimmed = Object.entries(values).map(([key, value]) => [key, value.trim()] as const);
  return Object.fromEntries(trimmed.filter(([, value]) => value !== ''));
}

function introOf(home: SiteHome, byMail: boolean, locale: string, texts: Texts): string {
  const intro = texts[introKey(home, byMail)];
  const opening = home.open ? '' : openingTime(home, locale, texts);
  return opening === '' ? intro : `${intro} ${texts.opens(opening)}.`;
}

function introKey(home: SiteHome, byMail: boolean) {
  if (!home.open) return 'closedLeaveMessage';
  return byMail ? 'mailIntro' : 'chatIntro';
}
