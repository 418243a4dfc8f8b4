import type { Attachment } from '@engage/client';
import { useRef } from 'preact/hooks';
import { policyWords, type Uploads } from '../views/use_uploads';
import { bytes } from '../texts/times';
import { useApp } from './context';
import { Icon } from './icon';
import { IconButton } from './parts';

/** Files chosen for the next message: those ready, those on their way, and why one was refused. */
export function Chosen({
  ready,
  uploads,
  onRemove,
}: {
  ready: readonly Attachment[];
  uploads: Uploads;
  onRemove: (id: string) => void;
}) {
  const { state, texts } = useApp();
  return (
    <>
      {uploads.complaint !== '' && (
        <p class="complaint" role="alert">
          {uploads.complaint}
        </p>
      )}
      {(ready.length > 0 || uploads.running.length > 0) && (
        <ul class="chosen">
          {ready.map(({ id, name, size }) => (
            <li key={id} class="chip">
              <Icon name="file" size={16} />
              <span class="clip">{name}</span>
              <span class="chip-note">{bytes(size, state.locale)}</span>
              <IconButton
                icon="close"
                size={14}
                label={texts.removeFile(name)}
                onClick={() => onRemove(id)}
              />
            </li>
          ))}
          {uploads.running.map(({ key, name, share, cancel }) => (
            <li key={key} class="chip">
              <progress value={share} max={1} aria-label={texts.uploading(name, Math.round(share * 100))} />
              <span class="clip">{name}</span>
              <IconButton icon="close" size={14} label={texts.removeFile(name)} onClick={cancel} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

export function AttachButton({ uploads }: { uploads: Uploads }) {
  const { state, texts } = useApp();
  const input = useRef<HTMLInputElement>(null);
  if (state.home.status !== 'ready' || state.home.value.upload.max_files === 0) return null;
  const policy = state.home.value.upload;
  const label = `${texts.attach}. ${policyWords(policy, texts, state.locale)}`;
  return (
    <>
      <IconButton icon="clip" label={label} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        accept={policy.types.join(',')}
        onChange={(event) => {
          uploads.add([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
