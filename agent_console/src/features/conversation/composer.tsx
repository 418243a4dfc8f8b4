import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type ClipboardEvent,
  type RefObject,
} from 'react';
import type { WorkItem } from '@engage/client/src/agent';
import type { LoadedConversation } from '../../state/conversation';
import { useDesk, useRequest } from '../../state/desk_context';
import { textOf, withTab, withText } from '../../state/drafts';
import { useStore, useValue } from '../../state/store';
import { can, partOf } from '../../state/workspace';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { classNames } from '../../ui/class_names';
import { ArticlePicker } from './article_picker';
import { ComposerFooter, InsertButtons } from './composer_footer';
import { ComposerTabs } from './composer_tabs';
import { addFiles, clearExtras, readiness } from './extras';
import { ExtrasTray } from './extras_tray';
import { BelowMail } from './mail/below_mail';
import { MailFields } from './mail/mail_fields';
import { MailText } from './mail/mail_text';
import type { RichHandle } from './mail/rich_handle';
import { RichToolbar } from './mail/rich_toolbar';
import { sendMail, takesCopies } from './mail/send_mail';
import { SendLater } from './mail/send_later';
import { UndoBar } from './mail/undo_bar';
import { newerAnswer } from './newer_answer';
import { sendReply } from './send_reply';
import { replaced, type Token } from './token';
import { useCanned } from './use_canned';
import { useColleagues } from './use_colleagues';
import { useFileDrop } from './use_file_drop';
import { useFocusRequests, type Field } from './use_focus_requests';
import './composer.css';

const MOST_SIGNS = 10_000;

interface ComposerProps {
  view: LoadedConversation;
  item: WorkItem;
  /** Another agent holds it: he may be told something, the visitor may not. */
  notesOnly?: boolean;
}

export function Composer({ view, item, notesOnly = false }: ComposerProps) {
  const desk = useDesk();
  const { id, site } = view.facts.conversation;
  const me = useStore(desk.work.store, (state) => state.me);
  const draftStore = desk.drafts.of(id);
  const kept = useValue(draftStore);
  const draft = notesOnly ? withTab(kept, 'note') : kept;
  const extrasStore = desk.extras(id);
  const extras = useValue(extrasStore);
  const enterSends = useStore(desk.preferences, (all) => all.enter_sends);
  const [isPicking, setPicking] = useState(false);
  const [warned, setWarned] = useState<string | null>(null);
  /** Sent while a file was still on its way: it leaves when that is there. */
  const [isWaiting, setWaiting] = useState(false);
  const area = useRef<Field>(null);
  const rich = useRef<RichHandle>(null);
  const [paragraph, setParagraph] = useState('');
  const files = useRef<HTMLInputElement>(null);
  const hintId = useId();

  const nextCaret = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (nextCaret.current === null) return;
    area.current?.focus();
    area.current?.setSelectionRange(nextCaret.current, nextCaret.current);
    nextCaret.current = null;
  });

  const isNote = draft.tab === 'note';
  const hasFiles = useStore(desk.work.store, (state) => can(state, item.channel, 'files'));
  const hasArticles = useStore(desk.work.store, (state) => can(state, item.channel, 'articles'));
  const goesByMail = useStore(desk.work.store, (state) => can(state, item.channel, 'mail'));
  const isMail = !isNote && goesByMail;
  const text = textOf(draft);
  const over = text.length - MOST_SIGNS;
  const hasExtras = !isNote && (extras.uploads.length > 0 || extras.article !== null);
  const canSend = over <= 0 && (text.trim() !== '' || hasExtras);
  const filesAre = isNote ? 'ready' : readiness(extras);
  const name = view.facts.visitor.name || texts.nobody;
  const isDropping = useFileDrop(isNote || !hasFiles ? null : (list) => take(list));

  useFocusRequests(
    area,
    (tab) => !(notesOnly && tab === 'reply') && draftStore.update((now) => withTab(now, tab)),
  );
  useRequest('attach', () => !isNote && files.current?.click());
  useRequest('insert_article', () => !isNote && setPicking(true));
  useRequest('insert_canned', () => !isNote && openCanned());
  const canned = useCanned({ view, item, text: isMail ? paragraph : text, isOn: !isNote, put });
  const colleagues = useColleagues({ conversationId: id, text, isOn: isNote, put });
  const suggestions = isNote ? colleagues : canned;

  function write(next: string): void {
    setWaiting(false);
    draftStore.update((now) => withText(notesOnly ? withTab(now, 'note') : now, next, view.timeline.head));
    desk.typing(id, { on: next !== '', note: isNote });
  }

  /** Puts words in the place of what was typed after a sign. */
  function put(token: Token, words: string): void {
    if (isMail) return rich.current?.put(token, words);
    const next = replaced(text, token, words);
    write(next.text);
    placeCaret(next.caret);
  }

  /** With the drawing of the new text and not after it: the next key may come at once. */
  function placeCaret(caret: number): void {
    suggestions.onCaret(caret);
    nextCaret.current = caret;
  }

  /** As if a slash had been typed where the caret stands. */
  function openCanned(): void {
    if (isMail) return rich.current?.insert('/');
    const caret = area.current?.selectionEnd ?? text.length;
    const sign = caret === 0 || /\s/.test(text[caret - 1] ?? '') ? '/' : ' /';
    write(text.slice(0, caret) + sign + text.slice(caret));
    placeCaret(caret + sign.length);
  }

  function send(force = false, sendAt: string | null = null): void {
    if (!canSend) return;
    if (isMail && !takesCopies(desk, id)) return setWaiting(false);
    setWaiting(filesAre !== 'ready');
    if (filesAre !== 'ready') return;
    const newer = force ? null : newerAnswer(draft, view.timeline.entries, { id: me.id, ...view.mine });
    setWarned(newer);
    if (newer) return;
    if (isNote) desk.talk.addNote(id, text.trim(), colleagues.mentioned(text));
    else if (isMail) sendMail(desk, id, { editor: rich.current, draft: text, extras, force, sendAt });
    else sendReply(desk, id, text.trim(), extras, force);
    if (!isNote) clearExtras(extrasStore);
    desk.typing(id, { on: false, note: isNote });
    draftStore.update((now) => withText(isNote ? withTab(now, 'note') : now, '', 0));
    area.current?.focus();
  }

  const sendWhenReady = useRef(send);
  useEffect(() => {
    sendWhenReady.current = send;
  });
  useEffect(() => {
    if (isWaiting && filesAre === 'ready') sendWhenReady.current();
  }, [isWaiting, filesAre]);

  function take(list: FileList | null | undefined): boolean {
    if (!list || list.length === 0 || isNote) return false;
    addFiles(desk.door, site.id, extrasStore, list);
    return true;
  }

  return (
    <section
      className={classNames('composer', isNote && 'is-note')}
      aria-label={isNote ? texts.composer.note_label : texts.composer.reply_label(name)}
    >
      {suggestions.list}
      {isDropping && <p className="composer-drop">{texts.composer.drop}</p>}
      <ComposerTabs
        tab={draft.tab}
        notesOnly={notesOnly}
        onChange={(tab) => {
          draftStore.update((now) => withTab(now, tab));
          area.current?.focus();
        }}
      />
      {isPicking && !isNote && (
        <ArticlePicker
          siteId={site.id}
          conversationId={id}
          onClose={() => {
            setPicking(false);
            area.current?.focus();
          }}
        />
      )}
      {notesOnly && item.agent && !partOf(item, me.id) && (
        <p className="composer-hint">{texts.composer.not_mine(item.agent.name)}</p>
      )}
      {isMail && <UndoBar conversationId={id} myId={me.id} />}
      {isMail && <MailFields view={view} />}
      {isMail ? (
        <MailText
          field={area}
          editor={rich}
          label={texts.composer.reply_label(name)}
          describedBy={hintId}
          placeholder={texts.composer.reply_placeholder(name)}
          value={text}
          onChange={write}
          onCaret={(words, caret) => {
            setParagraph(words);
            suggestions.onCaret(caret);
          }}
          onKeyDown={suggestions.onKeyDown}
          onSend={() => send()}
          onFiles={take}
          onBlur={() => desk.typing(id, { on: false, note: false })}
        />
      ) : (
        <>
          {/* The text stands in the page a second time, unseen, and gives the field its height. */}
          <div className="composer-text" data-text={text}>
            <textarea
              ref={area as RefObject<HTMLTextAreaElement | null>}
              rows={1}
              dir="auto"
              aria-label={isNote ? texts.composer.note_label : texts.composer.reply_label(name)}
              aria-describedby={hintId}
              placeholder={isNote ? texts.composer.note_placeholder : texts.composer.reply_placeholder(name)}
              value={text}
              {...suggestions.told}
              onChange={(event) => {
                write(event.target.value);
                suggestions.onCaret(event.target.selectionEnd);
              }}
              onSelect={(event) => suggestions.onCaret(event.currentTarget.selectionEnd)}
              onBlur={() => desk.typing(id, { on: false, note: isNote })}
              onPaste={(event: ClipboardEvent) => {
                if (take(event.clipboardData.files)) event.preventDefault();
              }}
              onKeyDown={(event) => {
                if (suggestions.onKeyDown(event)) return;
                if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
                const isMod = event.ctrlKey || event.metaKey;
                if (!isMod && (!enterSends || event.shiftKey)) return;
                event.preventDefault();
                send();
              }}
            />
          </div>
        </>
      )}
      {isMail && <BelowMail view={view} />}
      {!isNote && <ExtrasTray conversationId={id} siteId={site.id} />}
      {isWaiting && filesAre !== 'ready' && (
        <p className="composer-waits" role="status">
          {filesAre === 'failed' ? texts.desk.sending.upload_failed : texts.desk.sending.after_upload}
        </p>
      )}
      {warned && (
        <p className="composer-warning" role="alert">
          <span>{texts.composer.newer_answer(warned)}</span>
          <Button onClick={() => setWarned(null)}>{texts.composer.keep_editing}</Button>
          <Button look="primary" onClick={() => send(true)}>
            {texts.composer.send_anyway}
          </Button>
        </p>
      )}
      <ComposerFooter
        isNote={isNote}
        hint={
          <span className="composer-channel" id={hintId}>
            {isNote && texts.conversation.note_hint}
          </span>
        }
        over={over}
        enterSends={enterSends && !isMail}
        canSend={canSend}
        onSend={() => send()}
        later={isMail && <SendLater disabled={!canSend} onSend={(at) => send(false, at)} />}
      >
        {isMail && <RichToolbar editor={rich} />}
        <InsertButtons
          files={files}
          isPicking={isPicking}
          hasFiles={hasFiles}
          hasArticles={hasArticles}
          onArticle={() => setPicking(!isPicking)}
          onCanned={openCanned}
          onFiles={take}
        />
      </ComposerFooter>
    </section>
  );
}
