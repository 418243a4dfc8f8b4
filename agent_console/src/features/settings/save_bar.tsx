import { texts } from '../../texts';
import { Button } from '../../ui/button';

interface SaveBarProps {
  isChanged: boolean;
  isBusy: boolean;
  onDiscard: () => void;
}

/** At the end of a form: it saves by Enter too, and says when there is something to be saved. */
export function SaveBar({ isChanged, isBusy, onDiscard }: SaveBarProps) {
  return (
    <footer className="save-bar" data-changed={isChanged || undefined}>
      <p role="status">{isChanged ? texts.settings.unsaved : ''}</p>
      {isChanged && (
        <Button disabled={isBusy} onClick={onDiscard}>
          {texts.settings.discard}
        </Button>
      )}
      <Button look="primary" type="submit" disabled={!isChanged || isBusy}>
        {isBusy ? texts.settings.saving : texts.settings.save}
      </Button>
    </footer>
  );
}
