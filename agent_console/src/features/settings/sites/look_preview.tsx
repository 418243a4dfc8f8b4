import { useEffect, useRef, useState } from 'react';
import type { components } from '@engage/client/src/schema';
import { texts } from '../../../texts';
import { Segments } from '../../../ui/segments';

type Look = components['schemas']['Look-Output'];
export type Shown = 'panel' | 'launcher';
type Scheme = 'light' | 'dark';

const words = texts.settings.look;
/** Typing draws not at each key. */
const CALM_MS = 120;

interface LookPreviewProps {
  siteKey: string;
  look: Look;
  shows: Shown;
  onShow: (shows: Shown) => void;
}

/** The real widget on a page of ours, told what is not saved yet. */
export function LookPreview({ siteKey, look, shows, onShow }: LookPreviewProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [isHere, setHere] = useState(false);
  const [scheme, setScheme] = useState<Scheme>('light');
  const shown = useRef<Shown | null>(null);

  useEffect(() => {
    const hear = ({ source, data }: MessageEvent<{ type?: string } | null>) => {
      if (source === frame.current?.contentWindow && data?.type === 'engage:here') setHere(true);
    };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  }, []);

  useEffect(() => {
    if (!isHere) return;
    const wait = setTimeout(() => {
      const change = shown.current === shows ? null : shows;
      shown.current = shows;
      const message = { type: 'engage:look', look, scheme, shows: change };
      frame.current?.contentWindow?.postMessage(message, location.origin);
    }, CALM_MS);
    return () => clearTimeout(wait);
  }, [isHere, look, scheme, shows]);

  return (
    <section className="look-preview" aria-label={words.preview}>
      <header>
        <Segments
          label={words.preview}
          options={[
            ['panel', words.panel],
            ['launcher', words.launcher],
          ]}
          value={shows}
          onChange={onShow}
        />
        <Segments
          label={words.scheme}
          options={[
            ['light', words.light],
            ['dark', words.dark],
          ]}
          value={scheme}
          onChange={setScheme}
        />
      </header>
      <div className="look-preview-stage">
        <iframe
          ref={frame}
          title={words.preview}
          src={`/try/${encodeURIComponent(siteKey)}?preview`}
          data-scheme={scheme}
        />
      </div>
    </section>
  );
}
