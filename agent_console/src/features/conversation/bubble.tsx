import type { ReactNode } from 'react';
import { Lock } from 'lucide-react';
import type { Attachment, Author } from '@engage/client';
import { texts } from '../../texts';
import { Avatar } from '../../ui/avatar';
import { classNames } from '../../ui/class_names';
import { Attachments } from './attachments';
import { FormedText } from './mail/formed_text';
import { RichText } from './rich_text';
import './bubble.css';

interface BubbleProps {
  kind: 'message' | 'note';
  side: 'theirs' | 'mine';
  author: Author;
  isMe: boolean;
  text: string;
  /** The same words with their form, as the server cleaned them. */
  html?: string | null | undefined;
  /** Colleagues whom a note names. */
  names?: readonly string[];
  attachments: readonly Attachment[];
  starts: boolean;
  ends: boolean;
  foot: ReactNode;
  isFaint?: boolean;
}

export function Bubble(props: BubbleProps) {
  const { kind, side, author, isMe, text, html, names, attachments, starts, ends, foot, isFaint } = props;
  const isNote = kind === 'note';
  const says = isMe ? texts.work.you : author.name || texts.nobody;
  return (
    <article
      className={classNames(
        'bubble-row',
        `bubble-${side}`,
        isNote && 'is-note',
        starts && 'starts',
        ends && 'ends',
        isFaint && 'is-faint',
      )}
    >
      <span className="bubble-face">
        {ends && <Avatar name={author.name || '?'} picture={author.picture} size={24} />}
      </span>
      <div className="bubble-column">
        {starts && (
          <p className="bubble-author">
            {isNote && <Lock size={12} aria-hidden />}
            {isNote && <strong>{texts.conversation.note}</strong>}
            <span>{says}</span>
            {isNote && <span className="bubble-author-hint">{texts.conversation.note_hint}</span>}
          </p>
        )}
        <div className="bubble">
          {html ? <FormedText html={html} /> : text && <RichText text={text} names={names} />}
          <Attachments of={attachments} />
        </div>
        <p className="bubble-foot">{foot}</p>
      </div>
    </article>
  );
}
