import { useEffect } from 'preact/hooks';
import { isOver, isWaiting } from '../../state/conversation';
import type { Conversation } from '../../state/state';
import { ConnectionBanner } from '../../ui/banner';
import { useApp } from '../../ui/context';
import { Icon } from '../../ui/icon';
import { Bar, Failed, Skeleton } from '../../ui/parts';
import { CallPart } from '../call_view';
import { useDraft } from '../use_draft';
import { BubbleRow } from './bubble';
import { Composer, emptyMessage, type MessageDraft } from './composer';
import { EndCard } from './end_card';
import { ConversationHeader } from './header';
import { DayDivider, FormSummary, QuietLine } from './lines';
import { QueueCard } from './queue_card';
import { rowsOf, type Row } from './rows';
import { TypingBubble } from './typing';
import { useLog } from './use_log';

export function ConversationView({ id }: { id: string }) {
  const { state, engine, texts } = useApp();
  const conversation = state.conversations[id];
  const isLoaded = conversation?.timeline !== null && conversation !== undefined;

  useEffect(() => {
    if (!isLoaded) engine.load(id);
  }, [id, isLoaded, engine]);
  useEffect(() => {
    // Shown in an earlier visit, and gone meanwhile.
    if (state.known && !conversation) engine.go({ view: 'home' });
  }, [state.known, conversation === undefined]);

  if (!conversation?.timeline) {
    return (
      <div class="view">
        <Bar />
        <main class="scroll padded">
          {conversation?.failed ? (
            <Failed text={texts.conversationFailed} onRetry={() => engine.load(id)} />
          ) : (
            <Skeleton rows={4} />
          )}
        </main>
      </div>
    );
  }
  return <Loaded conversation={conversation} />;
}

function Loaded({ conversation }: { conversation: Conversation }) {
  const { state, engine, texts } = useApp();
  const { id } = conversation.summary;
  const draft = useDraft<MessageDraft>(id, emptyMessage);
  const rows = rowsOf(conversation, state.outbox);
  const log = useLog({
    first: conversation.timeline?.entries[0]?.seq ?? 0,
    more: conversation.timeline?.more ?? false,
    loadOlder: () => engine.older(id),
  });

  function send(): void {
    const text = draft.value.text.trim();
    if (text === '' && draft.value.attachments.length === 0) return;
    engine.send(id, text, draft.value.attachments);
    draft.clear();
    log.toEnd(false);
  }

  function takeBack(clientId: string): void {
    const row = engine.takeBack(clientId);
    if (!row) return;
    draft.change(({ text, attachments }) => ({
      text: [row.text, text].filter((part) => part !== '').join('\n'),
      attachments: [...row.attachments, ...attachments],
    }));
  }

  return (
    <div class="view conversation">
      <ConversationHeader conversation={conversation} />
      <main class="log-frame">
        <ConnectionBanner />
        <div
          class="log"
          ref={log.box}
          onScroll={log.onScroll}
          tabIndex={0}
          role="log"
          aria-label={texts.log}
          aria-busy={log.loadingOlder}
        >
          <div class="log-content" ref={log.content}>
            {log.loadingOlder && (
              <p class="line" role="status">
                {texts.older}
              </p>
            )}
            {rows.map((row) => (
              <LogRow key={row.key} row={row} onTakeBack={takeBack} />
            ))}
            {isWaiting(conversation) && <QueueCard conversation={conversation} />}
            {conversation.typing !== null && (
              <TypingBubble name={conversation.typing} agent={conversation.summary.agent} />
            )}
            {conversation.call !== null && <CallPart call={conversation.call} />}
            {isOver(conversation) && <EndCard conversation={conversation} />}
          </div>
        </div>
        {!log.atEnd && (
          <button
            type="button"
            class="to-end"
            aria-label={texts.jumpToLatest}
            onClick={() => log.toEnd(true)}
          >
            <Icon name="down" size={18} />
          </button>
        )}
      </main>
      <Composer conversation={conversation} draft={draft} onSend={send} />
    </div>
  );
}

function LogRow({ row, onTakeBack }: { row: Row; onTakeBack: (clientId: string) => void }) {
  const { texts } = useApp();
  switch (row.kind) {
    case 'bubble':
      return <BubbleRow bubble={row} onTakeBack={onTakeBack} />;
    case 'day':
      return <DayDivider at={row.at} />;
    case 'unread':
      return (
        <p class="unread-divider">
          <span>{texts.newMessages}</span>
        </p>
      );
    case 'line':
      return <QuietLine entry={row.entry} />;
    case 'form':
      return <FormSummary fields={row.fields} />;
  }
}
