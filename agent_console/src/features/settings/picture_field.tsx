import { useRef, type ReactNode } from 'react';
import { ImageUp, Trash2 } from 'lucide-react';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { useChange } from './use_change';
import './picture_field.css';

const words = texts.admin.pictures;

interface PictureFieldProps {
  label: string;
  hint: string;
  /** How it looks now. */
  children: ReactNode;
  isSet: boolean;
  upload: (file: File) => Promise<unknown>;
  remove: () => Promise<unknown>;
  onDone: () => void;
}

/** A picture that counts as soon as it is chosen. */
export function PictureField({ label, hint, children, isSet, upload, remove, onDone }: PictureFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const put = useChange(upload, { said: words.saved, onDone });
  const take = useChange(remove, { said: words.removed, onDone });
  const isBusy = put.isPending || take.isPending;
  return (
    <div className="picture-field" role="group" aria-label={label} aria-busy={isBusy}>
      <div className="picture-shown">{children}</div>
      <div>
        <p className="field-label">{label}</p>
        <div className="picture-acts">
          <Button icon={ImageUp} disabled={isBusy} onClick={() => input.current?.click()}>
            {isSet ? words.change : words.choose}
          </Button>
          {isSet && (
            <Button look="quiet" icon={Trash2} disabled={isBusy} onClick={() => take.mutate(undefined)}>
              {texts.settings.remove_short}
            </Button>
          )}
        </div>
        <p className="form-hint">{hint}</p>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/png,image/jpeg,image/webp,image/gif"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // the same file can be chosen again
          event.currentTarget.value = '';
          if (file) put.mutate(file);
        }}
      />
    </div>
  );
}
