import { Lock, Reply } from 'lucide-react';
import type { ComposerTab } from '../../state/drafts';
import { texts } from '../../texts';

interface TabsProps {
  tab: ComposerTab;
  notesOnly: boolean;
  onChange: (tab: ComposerTab) => void;
}

/** Reply or note; where only notes may be written there is no choice. */
export function ComposerTabs({ tab, notesOnly, onChange }: TabsProps) {
  return (
    <div className="composer-tabs">
      {!notesOnly && (
        <button type="button" aria-pressed={tab === 'reply'} onClick={() => onChange('reply')}>
          <Reply size={14} aria-hidden />
          {texts.composer.reply}
        </button>
      )}
      <button
        type="button"
        className="composer-tab-note"
        aria-pressed={tab === 'note'}
        onClick={() => onChange('note')}
      >
        <Lock size={13} aria-hidden />
        {texts.composer.note}
      </button>
    </div>
  );
}
