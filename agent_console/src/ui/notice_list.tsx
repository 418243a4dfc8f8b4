import { useEffect } from 'react';
import { AlertCircle, X } from 'lucide-react';
import { useDesk } from '../state/desk_context';
import { createStore, useValue } from '../state/store';
import { texts } from '../texts';
import './notice_list.css';

/** The open dialogs, the topmost last: all below it is out of reach, also for those who hear it. */
const layers = createStore<readonly string[]>([]);

/** For as long as it is drawn, what is said is said in this layer. */
export function useLayer(id: string): void {
  useEffect(() => {
    layers.update((all) => [...all, id]);
    return () => layers.update((all) => all.filter((one) => one !== id));
  }, [id]);
}

/** What was just said, on the page or in the dialog that covers it. */
export function NoticeList({ layer }: { layer?: string }) {
  const { notices } = useDesk();
  const all = useValue(notices.store);
  const isTop = useValue(layers).at(-1) === layer;
  return (
    <div className="notices" role="status">
      {(isTop ? all : []).map((notice) => (
        <div key={notice.id} className="notice" data-tone={notice.tone}>
          {notice.tone === 'bad' && <AlertCircle size={16} aria-hidden />}
          {notice.text}
          <button type="button" aria-label={texts.dismiss} onClick={() => notices.dismiss(notice.id)}>
            <X size={14} aria-hidden />
          </button>
        </div>
      ))}
    </div>
  );
}
