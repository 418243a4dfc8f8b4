import { useState } from 'preact/hooks';
import type { Texts } from '../../texts';
import { clock, exact } from '../../texts/times';
import { useApp } from '../../ui/context';
import { Icon, type IconName } from '../../ui/icon';
import { LinkedText } from '../../ui/linked_text';
import { Face } from '../../ui/parts';
import { refusalWords } from '../contact_rules';
import { AttachmentView } from './attachment';
import type { Bubble, Mark } from './rows';

interface BubbleProps {
  bubble: Bubble;
  onTakeBack: (clientId: string) => void;
}

export function BubbleRow({ bubble, onTakeBack }: BubbleProps) {
  const { state, engine, texts } = useApp();
  const [tapped, setTapped] = useState(false);
  const { own, author, first, last, article, text } = bubble;
  const name = author?.name || texts.team;
  const images = bubble.attachments.filter(({ width }) => width !== null);
  const others = bubble.attachments.filter(({ width }) => width === null);
  const onlyEmoji =
    text !== '' && /^(?:\p{Extended_Pictographic}[\u{FE0F}\u{1F3FB}-\u{1F3FF}\u{200D}]*){1,3}$/u.test(text);

  return (
    <div class={`bubble-row ${own ? 'own' : 'theirs'} ${first ? 'is-first' : ''} ${last ? 'is-last' : ''}`}>
      {!own &&
        (last ? <Face name={name} picture={author?.picture ?? null} size={28} /> : <span class="face-gap" />)}
      <div class="bubble-stack" onClick={() => setTapped(!tapped)}>
        {!own && first && (
          <span class="bubble-name" dir="auto">
            {name}
          </span>
        )}
        {images.map((attachment) => (
          <AttachmentView key={attachment.id} attachment={attachment} />
        ))}
        {text !== '' && (
          <div
            class={`bubble ${onlyEmoji ? 'only-emoji' : ''} ${bubble.mark === 'failed' ? 'is-failed' : ''}`}
          >
            {own && <span class="visually-hidden">{texts.you}: </span>}
            {/* apart, or the words for the ear would decide which way these run */}
            <div dir="auto">
              <LinkedText text={text} />
            </div>
          </div>
        )}
        {article && (
          <button
            type="button"
            class="bubble article-card"
            onClick={() => engine.go({ view: 'article', slug: article.slug })}
          >
            <Icon name="file" />
            <span dir="auto">{article.title}</span>
            <Icon name="forward" size={16} />
          </button>
        )}
        {others.map((attachment) => (
          <AttachmentView key={attachment.id} attachment={attachment} />
        ))}
        <Foot bubble={bubble} shown={last || tapped} />
        {bubble.mark === 'failed' && bubble.outgoing && (
          <FailedFoot bubble={bubble} online={state.line === 'online'} onTakeBack={onTakeBack} />
        )}
      </div>
    </div>
  );
}

function Foot({ bubble, shown }: { bubble: Bubble; shown: boolean }) {
  const { state, texts } = useApp();
  if (bubble.mark === 'failed') return null;
  return (
    <span class={`bubble-foot ${shown ? 'is-shown' : ''}`}>
      <time dateTime={bubble.at} title={exact(bubble.at, state.locale)}>
        {clock(bubble.at, state.locale)}
      </time>
      {bubble.mark !== null && <MarkView mark={bubble.mark} texts={texts} />}
    </span>
  );
}

const MARK_ICONS: Record<Mark, IconName> = {
  sending: 'clock',
  failed: 'alert',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
};

function MarkView({ mark, texts }: { mark: Mark; texts: Texts }) {
  const words: Record<Mark, string> = {
    sending: texts.stateSending,
    failed: texts.stateFailed,
    sent: texts.stateSent,
    delivered: texts.stateDelivered,
    read: texts.stateRead,
  };
  return (
    <span class={`mark mark-${mark}`} title={words[mark]}>
      <Icon name={MARK_ICONS[mark]} size={14} />
      <span class={mark === 'read' ? '' : 'visually-hidden'}>{words[mark]}</span>
    </span>
  );
}

function FailedFoot({ bubble, online, onTakeBack }: BubbleProps & { online: boolean }) {
  const { engine, texts } = useApp();
  const failure = bubble.outgoing?.failure;
  const reason = failure?.passing === false ? refusalWords(failure, texts) : online ? '' : texts.willSend;
  return (
    <span class="failed-foot" role="alert">
      <span>
        <Icon name="alert" size={14} />
        {texts.stateFailed}
        {reason && `. ${reason}`}
      </span>
      <button type="button" class="link" onClick={() => engine.retry(bubble.key)}>
        {texts.tryAgain}
      </button>
      <button type="button" class="link" onClick={() => onTakeBack(bubble.key)}>
        {texts.editAgain}
      </button>
      <button type="button" class="link" onClick={() => engine.takeBack(bubble.key)}>
        {texts.deleteUnsent}
      </button>
    </span>
  );
}
