import type { Attachment } from '@engage/client';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isOver } from '../../state/conversation';
import type { Conversation } from '../../state/state';
import { AttachButton, Chosen } from '../../ui/attachments';
import { useApp } from '../../ui/context';
import { EmojiButton } from '../../ui/emoji';
import { Icon } from '../../ui/icon';
import { mayTakeFocus } from '../../ui/parts';
import type { Draft } from '../use_draft';
import { useUploads } from '../use_uploads';

export interface MessageDraft {
  text: string;
  attachments: Attachment[];
}

export const emptyMessage = (): MessageDraft => ({ text: '', attachments: [] });

const LONGEST = 10_000;
/** From here on the count is shown. */
const NEARLY = LONGEST - 500;
const QUIET_MS = 4_000;

interface ComposerProps {
  conversation: Conversation;
  draft: Draft<MessageDraft>;
  onSend: () => void;
}

export function Composer({ conversation, draft, onSend }: ComposerProps) {
  const { state, engine, texts } = useApp();
  const { id, agent } = conversation.summary;
  const { text, attachments } = draft.value;
  const [dropping, setDropping] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const quiet = useRef<ReturnType<typeof setTimeout>>(undefined);
  const uploads = useUploads(attachments, (attachment) => {
    draft.change((now) => ({ attachments: [...now.attachments, attachment] }));
  });
  const canSend = (text.trim() !== '' || attachments.length > 0) && uploads.running.length === 0;

  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);
  useEffect(() => {
    if (mayTakeFocus(state) && matchMedia('(pointer: fine)').matches)
      field.current?.focus({ preventScroll: true });
  }, [state.open]);
  useEffect(() => () => clearTimeout(quiet.current), []);

  function typed(next: string): void {
    draft.change({ text: next });
    uploads.forgive();
    engine.typing(id, next.trim() !== '');
    clearTimeout(quiet.current);
    quiet.current = setTimeout(() => engine.typing(id, false), QUIET_MS);
  }

  function send(): void {
    if (!canSend) return;
    clearTimeout(quiet.current);
    onSend();
    field.current?.focus();
  }

  function insert(emoji: string): void {
    const area = field.current;
    const at = area?.selectionStart ?? text.length;
    typed(text.slice(0, at) + emoji + text.slice(area?.selectionEnd ?? at));
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(at + emoji.length, at + emoji.length);
    });
  }

  function takeFiles(event: Event, data: DataTransfer | null): void {
    const files = [...(data?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    uploads.add(files);
  }

  return (
    <footer
      class={`composer ${dropping ? 'is-dropping' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={(event) => {
        setDropping(false);
        takeFiles(event, event.dataTransfer);
      }}
    >
      <Chosen
        ready={attachments}
        uploads={uploads}
        onRemove={(gone) => draft.change({ attachments: attachments.filter((one) => one.id !== gone) })}
      />
      <div class="composer-box">
        <textarea
          ref={field}
          rows={1}
          maxLength={LONGEST}
          aria-label={agent ? texts.messageTo(agent.name) : texts.composerLabel}
          placeholder={isOver(conversation) ? texts.composerReopen : texts.composerPlaceholder}
          enterkeyhint="send"
          value={text}
          onInput={(event) => typed(event.currentTarget.value)}
          onPaste={(event) => takeFiles(event, event.clipboardData)}
          onKeyDown={(event) => {
            // While an input method is open, Enter chooses a word.
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <div class="composer-tools">
          <AttachButton uploads={uploads} />
          <EmojiButton onPick={insert} />
          {text.length > NEARLY && <span class="note count-left">{LONGEST - text.length}</span>}
          <button type="button" class="send" aria-label={texts.send} disabled={!canSend} onClick={send}>
            <Icon name="up" size={20} />
          </button>
        </div>
      </div>
      {dropping && <div class="drop-hint">{texts.dropHere}</div>}
    </footer>
  );
}
