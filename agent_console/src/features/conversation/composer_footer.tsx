import type { ReactNode, RefObject } from 'react';
import { BookOpen, Lock, MessageSquareQuote, Paperclip, SendHorizontal } from 'lucide-react';
import { texts } from '../../texts';
import { Button, IconButton } from '../../ui/button';
import { modKey } from '../../ui/keys';

interface ComposerFooterProps {
  isNote: boolean;
  /** Where the words go. */
  hint: ReactNode;
  /** Signs that are too many. */
  over: number;
  enterSends: boolean;
  canSend: boolean;
  onSend: () => void;
  /** Beside the button: the same at another time. */
  later?: ReactNode;
  /** What can be put into a reply. */
  children: ReactNode;
}

export function ComposerFooter({
  isNote,
  hint,
  over,
  enterSends,
  canSend,
  onSend,
  later,
  children,
}: ComposerFooterProps) {
  return (
    <footer className="composer-footer">
      {!isNote && children}
      {hint}
      {over > 0 ? (
        <span className="composer-over numbers" role="alert">
          {texts.composer.too_long(over)}
        </span>
      ) : (
        <span className="composer-enter">
          {enterSends ? texts.composer.enter_hint : texts.composer.mod_enter_hint(modKey)}
        </span>
      )}
      <Button
        onClick={onSend}
        look={isNote ? 'note' : 'primary'}
        icon={isNote ? Lock : SendHorizontal}
        disabled={!canSend}
      >
        {isNote ? texts.composer.add_note : texts.composer.send}
      </Button>
      {later}
    </footer>
  );
}

interface InsertButtonsProps {
  files: RefObject<HTMLInputElement | null>;
  isPicking: boolean;
  /** What its channel carries. */
  hasFiles: boolean;
  hasArticles: boolean;
  onArticle: () => void;
  onCanned: () => void;
  onFiles: (list: FileList | null) => void;
}

/** Files, an article, a canned reply. */
export function InsertButtons(props: InsertButtonsProps) {
  const { files, isPicking, hasFiles, hasArticles, onArticle, onCanned, onFiles } = props;
  return (
    <>
      {hasFiles && (
        <IconButton
          icon={Paperclip}
          label={texts.composer.attach}
          side="top"
          onClick={() => files.current?.click()}
        />
      )}
      {hasArticles && (
        <IconButton
          icon={BookOpen}
          label={texts.composer.article}
          side="top"
          aria-pressed={isPicking}
          onClick={onArticle}
        />
      )}
      <IconButton
        icon={MessageSquareQuote}
        label={texts.desk.canned.insert}
        shortcut="Mod+/"
        side="top"
        onClick={onCanned}
      />
      <input
        ref={files}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles(event.target.files);
          event.target.value = '';
        }}
      />
    </>
  );
}
