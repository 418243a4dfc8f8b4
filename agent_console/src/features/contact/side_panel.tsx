import { useEffect, useRef, useState } from 'react';
import { texts } from '../../texts';
import { Card } from './fact';
import './side_panel.css';

const HEIGHT = { least: 120, usual: 320, most: 900 } as const;

/**
 * The site's own page. The frame is one of ours that may hold the panel's origin and nothing else; it hands over
 * the signed context, so that nothing of it ever stands in an address.
 */
export function SidePanel({ conversationId, title }: { conversationId: string; title: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState<number>(HEIGHT.usual);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    function hear({ source, origin, data }: MessageEvent<unknown>): void {
      if (origin !== location.origin || source !== frame.current?.contentWindow) return;
      const told = data as { type?: string; height?: number };
      if (told.type === 'engage:failed') setFailed(true);
      if (told.type === 'engage:ready') setFailed(false);
      if (told.type === 'engage:height' && Number.isFinite(told.height)) {
        setHeight(Math.min(HEIGHT.most, Math.max(HEIGHT.least, told.height ?? 0)));
      }
    }
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  }, []);
  return (
    <Card title={title}>
      {hasFailed && <p className="contact-empty">{texts.side_panel.failed}</p>}
      <iframe
        ref={frame}
        className="side-panel"
        title={title}
        src={`/console/side-panel/${conversationId}`}
        loading="lazy"
        style={{ height }}
      />
    </Card>
  );
}
