import { useRef, useState } from 'react';
import { File as FileIcon, Paperclip, Trash2, X } from 'lucide-react';
import type { Attachment } from '@engage/client';
import type { CannedReply, MySite } from '@engage/client/src/agent';
import { filled, unknownVariables, VARIABLES, valuesFor } from '../../../state/canned';
import { useDesk } from '../../../state/desk_context';
import { wordsFor } from '../../../state/failure';
import { useStore } from '../../../state/store';
import { texts } from '../../../texts';
import { Button } from '../../../ui/button';
import { fileSize } from '../../../ui/file_size';
import { AreaField, SelectField, SwitchField, TextField } from '../../../ui/form';
import { StillForm } from '../../../ui/still_form';
import { TickList } from '../../../ui/tick_list';
import { ConfirmDialog } from '../confirm_dialog';
import { PageFrame } from '../page_frame';
import { SaveBar } from '../save_bar';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import { cannedKey, cannedRoute } from './canned_page';

const words = texts.desk.canned;
const LANGUAGES = ['en', 'de'];

interface CannedFormProps {
  site: MySite;
  reply: CannedReply | null;
  isBoss: boolean;
}

export function CannedForm({ site, reply, isBoss }: CannedFormProps) {
  const { api, router } = useDesk();
  const form = useForm({
    shortcut: reply?.shortcut ?? '',
    title: reply?.title ?? '',
    text: reply?.text ?? '',
    locale: reply?.locale ?? '',
    queue_ids: reply?.queue_ids ?? [],
    files: reply?.files ?? [],
    personal: reply?.personal ?? !isBoss,
  });
  const { value, change, errors } = form;
  const [isAsking, setAsking] = useState(false);
  const unknown = unknownVariables(value.text);
  const back = () => router.move(cannedRoute(site, null));
  const after = { refresh: [cannedKey(site.id)], onDone: back };
  const save = useChange(
    () => {
      const { files, personal, locale, ...rest } = value;
      const body = { ...rest, locale: locale || null, attachment_ids: files.map((file) => file.id) };
      return reply
        ? api.put('/api/v1/admin/canned-replies/{reply_id}', body, { path: { reply_id: reply.id } })
        : api.post(
            '/api/v1/admin/sites/{site_id}/canned-replies',
            { ...body, personal },
            { path: { site_id: site.id } },
          );
    },
    { ...after, said: texts.settings.saved },
  );
  const remove = useChange(
    () => api.delete('/api/v1/admin/canned-replies/{reply_id}', { path: { reply_id: reply?.id ?? '' } }),
    after,
  );
  const removeButton = reply && (
    <Button icon={Trash2} onClick={() => setAsking(true)}>
      {texts.settings.remove_short}
    </Button>
  );
  return (
    <PageFrame title={reply?.title ?? words.add} actions={removeButton}>
      <StillForm
        isBusy={save.isPending}
        onSubmit={(event) => {
          event.preventDefault();
          if (unknown.length === 0) save.mutate(undefined, { onError: form.refused });
        }}
      >
        <TextField
          label={words.name}
          required
          maxLength={100}
          value={value.title}
          error={errors.title}
          onChange={(title) => change({ title })}
        />
        <TextField
          label={words.shortcut}
          hint={words.shortcut_hint}
          required
          maxLength={40}
          value={value.shortcut}
          error={errors.shortcut}
          onChange={(shortcut) => change({ shortcut: shortcut.replace(/[^\p{L}\p{N}_-]/gu, '') })}
        />
        <TextWithVariables
          text={value.text}
          error={unknown.length > 0 ? words.unknown(unknown.map((name) => `{{${name}}}`).join(', ')) : null}
          onChange={(text) => change({ text })}
        />
        <Preview site={site} text={value.text} />
        <SelectField
          label={words.language}
          value={value.locale}
          options={[
            { value: '', label: words.any_language },
            ...[...new Set([...LANGUAGES, value.locale])].filter(Boolean).map((code) => ({
              value: code,
              label:
                new Intl.DisplayNames([document.documentElement.lang || 'en'], { type: 'language' }).of(
                  code,
                ) ?? code,
            })),
          ]}
          onChange={(locale) => change({ locale })}
        />
        <Queues site={site} chosen={value.queue_ids} onChange={(queue_ids) => change({ queue_ids })} />
        <Files site={site} files={value.files} onChange={(files) => change({ files })} />
        {!reply && isBoss && (
          <SwitchField
            label={words.personal}
            on={value.personal}
            onChange={(personal) => change({ personal })}
          />
        )}
        <SaveBar isChanged={form.isChanged} isBusy={save.isPending} onDiscard={form.discard} />
      </StillForm>
      {isAsking && reply && (
        <ConfirmDialog
          title={texts.settings.remove(reply.title)}
          lead={words.remove_lead(reply.title)}
          confirm={texts.settings.remove_short}
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate(undefined)}
          onClose={() => setAsking(false)}
        />
      )}
    </PageFrame>
  );
}

function TextWithVariables(props: { text: string; error: string | null; onChange: (text: string) => void }) {
  const area = useRef<HTMLTextAreaElement>(null);
  function put(variable: string): void {
    const at = area.current?.selectionEnd ?? props.text.length;
    props.onChange(`${props.text.slice(0, at)}{{${variable}}}${props.text.slice(at)}`);
    area.current?.focus();
  }
  return (
    <>
      <AreaField
        label={words.text}
        hint={words.text_hint}
        ref={area}
        required
        dir="auto"
        maxLength={10_000}
        value={props.text}
        error={props.error}
        onChange={props.onChange}
      />
      <ul className="canned-variables">
        {VARIABLES.map((variable) => (
          <li key={variable}>
            <button
              type="button"
              aria-label={words.put(words.variables[variable])}
              onClick={() => put(variable)}
            >
              {words.variables[variable]}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Preview({ site, text }: { site: MySite; text: string }) {
  const agent = useStore(useDesk().work.store, (state) => state.me.name);
  if (!text.includes('{{')) return null;
  const values = valuesFor({
    visitor: words.sample_visitor,
    agent,
    site: site.name,
    topic: words.sample_topic,
  });
  return (
    <figure className="canned-preview">
      <figcaption>{words.preview}</figcaption>
      <p dir="auto">{filled(text, values)}</p>
    </figure>
  );
}

interface QueuesProps {
  site: MySite;
  chosen: string[];
  onChange: (ids: string[]) => void;
}

function Queues({ site, chosen, onChange }: QueuesProps) {
  const queues = useStore(useDesk().work.store, (state) =>
    state.queues.filter((queue) => queue.site_id === site.id),
  );
  if (queues.length < 2) return null;
  return (
    <TickList
      label={words.queues}
      hint={words.queues_hint}
      items={queues}
      chosen={chosen}
      onChange={onChange}
    />
  );
}

interface FilesProps {
  site: MySite;
  files: readonly Attachment[];
  onChange: (files: Attachment[]) => void;
}

function Files({ site, files, onChange }: FilesProps) {
  const { door, notices } = useDesk();
  const field = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);
  async function upload(file: File | undefined): Promise<void> {
    if (!file) return;
    setBusy(true);
    try {
      onChange([...files, await door.upload(site.id, file)]);
    } catch (failure) {
      notices.say(wordsFor(failure), 'bad');
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className="form-field">
      <span className="field-label">{words.files}</span>
      <ul className="canned-files">
        {files.map((file) => (
          <li key={file.id}>
            <FileIcon size={14} aria-hidden />
            <span className="truncate">{file.name}</span>
            <small className="numbers">{fileSize(file.size)}</small>
            <button
              type="button"
              aria-label={texts.settings.remove(file.name)}
              onClick={() => onChange(files.filter((one) => one.id !== file.id))}
            >
              <X size={14} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <Button icon={Paperclip} disabled={isBusy || files.length >= 10} onClick={() => field.current?.click()}>
        {isBusy ? texts.composer.uploading : words.add_file}
      </Button>
      <input
        ref={field}
        type="file"
        hidden
        aria-label={words.add_file}
        onChange={(event) => {
          void upload(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </div>
  );
}
