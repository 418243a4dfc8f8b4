import type { Attachment } from '@engage/client';
import { useEffect, useState } from 'preact/hooks';
import { bytes } from '../../texts/times';
import { useApp } from '../../ui/context';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/parts';
import { Sheet } from '../../ui/sheet';

const LONGEST_PX = 220;

export function AttachmentView({ attachment }: { attachment: Attachment }) {
  const { width, height } = attachment;
  if (width === null || height === null) return <FileRow attachment={attachment} />;
  return <Thumbnail attachment={attachment} width={width} height={height} />;
}

interface ThumbnailProps {
  attachment: Attachment;
  width: number;
  height: number;
}

/** Its place is kept from the first moment, so nothing jumps when the image arrives. */
function Thumbnail({ attachment, width, height }: ThumbnailProps) {
  const { engine, texts } = useApp();
  const [url, setUrl] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [large, setLarge] = useState(false);
  const shrink = Math.min(1, LONGEST_PX / Math.max(width, height));

  function load(): void {
    setFailed(false);
    engine.files.url(attachment).then(setUrl, () => setFailed(true));
  }
  useEffect(load, [attachment.id]);

  const box = { width: `${Math.max(64, Math.round(width * shrink))}px`, aspectRatio: `${width} / ${height}` };
  if (failed) {
    return (
      <button type="button" class="thumb is-failed" style={box} onClick={load}>
        <Icon name="again" />
        {texts.imageFailed}
      </button>
    );
  }
  return (
    <>
      <button
        type="button"
        class="thumb"
        style={box}
        aria-label={texts.viewImage(attachment.name)}
        disabled={url === null}
        onClick={(event) => {
          event.stopPropagation();
          setLarge(true);
        }}
      >
        {url !== null && <img src={url} alt={attachment.name} />}
      </button>
      {large && url !== null && (
        <Sheet label={attachment.name} className="viewer" onClose={() => setLarge(false)}>
          <header>
            <span class="clip">{attachment.name}</span>
            <IconButton
              icon="download"
              label={texts.download(attachment.name)}
              onClick={() => save(url, attachment.name)}
            />
            <IconButton icon="close" label={texts.close} onClick={() => setLarge(false)} />
          </header>
          <img src={url} alt={attachment.name} />
        </Sheet>
      )}
    </>
  );
}

function FileRow({ attachment }: { attachment: Attachment }) {
  const { state, engine, texts } = useApp();
  const [busy, setBusy] = useState(false);

  async function download(): Promise<void> {
    setBusy(true);
    try {
      save(await engine.files.url(attachment), attachment.name);
    } finally {
      setBusy(false);
    }
  }

  return (
    <button
      type="button"
      class="bubble file-row"
      aria-label={texts.download(attachment.name)}
      disabled={busy}
      onClick={() => void download().catch(() => {})}
    >
      <Icon name="file" />
      <span class="file-text">
        <span class="clip">{attachment.name}</span>
        <span class="file-size">{bytes(attachment.size, state.locale)}</span>
      </span>
      <Icon name="download" size={16} />
    </button>
  );
}

function save(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
