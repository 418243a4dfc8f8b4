import { AlertCircle, X } from 'lucide-react';
import { useDesk } from '../state/desk_context';
import { useValue } from '../state/store';
import { texts } from '../texts';

export function NoticeList() {
  const { notices } = useDesk();
  const all = useValue(notices.store);
  return (
    <div className="notices" role="status">
      {all.map((notice) => (
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
