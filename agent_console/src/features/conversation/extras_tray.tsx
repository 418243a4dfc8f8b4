import { BookOpen, File as FileIcon, RotateCw, X } from 'lucide-react';
import { useDesk } from '../../state/desk_context';
import { useValue } from '../../state/store';
import { texts } from '../../texts';
import { fileSize } from '../../ui/file_size';
import type { Extras, Upload } from '../../state/extras';
import type { Store } from '../../state/store';
import { dropUpload, retryUpload } from './extras';
import './extras_tray.css';

export function ExtrasTray({ conversationId, siteId }: { conversationId: string; siteId: string }) {
  const store = useDesk().extras(conversationId);
  const { uploads, article } = useValue(store);
  if (uploads.length === 0 && !article) return null;
  return (
    <ul className="tray">
      {article && (
        <li className="tray-item">
          <BookOpen size={16} aria-hidden />
          <span className="tray-words">
            <span className="truncate">{article.title}</span>
            <small>{texts.conversation.article}</small>
          </span>
          <button
            type="button"
            aria-label={texts.composer.remove(article.title)}
            onClick={() => store.update((extras) => ({ ...extras, article: null }))}
          >
            <X size={14} aria-hidden />
          </button>
        </li>
      )}
      {uploads.map((upload) => (
        <UploadItem key={upload.key} upload={upload} store={store} siteId={siteId} />
      ))}
    </ul>
  );
}

interface UploadItemProps {
  upload: Upload;
  store: Store<Extras>;
  siteId: string;
}

function UploadItem({ upload, store, siteId }: UploadItemProps) {
  const { door } = useDesk();
  const { state } = upload;
  return (
    <li className="tray-item" data-state={state.is}>
      {upload.preview ? <img src={upload.preview} alt="" /> : <FileIcon size={16} aria-hidden />}
      <span className="tray-words">
        <span className="truncate">{upload.name}</span>
        <small className="numbers" role={state.is === 'failed' ? 'alert' : undefined}>
          {state.is === 'uploading' && `${texts.composer.uploading} ${Math.round(state.share * 100)} %`}
          {state.is === 'ready' && fileSize(upload.size)}
          {state.is === 'failed' && state.reason}
        </small>
      </span>
      {state.is === 'failed' && (
        <button
          type="button"
          aria-label={`${texts.retry}: ${upload.name}`}
          onClick={() => retryUpload(door, siteId, store, upload)}
        >
          <RotateCw size={14} aria-hidden />
        </button>
      )}
      <button
        type="button"
        aria-label={texts.composer.remove(upload.name)}
        onClick={() => dropUpload(store, upload)}
      >
        <X size={14} aria-hidden />
      </button>
    </li>
  );
}
