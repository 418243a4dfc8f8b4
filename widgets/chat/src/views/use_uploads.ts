import { newClientId, type Attachment, type UploadPolicy } from '@engage/client';
import { useRef, useState } from 'preact/hooks';
import { refusalOf, type Refusal } from '../engine/files';
import type { Texts } from '../texts';
import { bytes } from '../texts/times';
import { useApp } from '../ui/context';

export interface Uploading {
  key: string;
  name: string;
  /** 0 to 1. */
  share: number;
  cancel: () => void;
}

export interface Uploads {
  running: readonly Uploading[];
  /** Why the last file was not taken, or ''. */
  complaint: string;
  add(files: readonly File[]): void;
  forgive(): void;
}

export function useUploads(ready: readonly Attachment[], onReady: (attachment: Attachment) => void): Uploads {
  const { state, engine, texts } = useApp();
  const [running, setRunning] = useState<readonly Uploading[]>([]);
  const [complaint, setComplaint] = useState('');
  const count = useRef(0);
  const policy = state.home.status === 'ready' ? state.home.value.upload : null;

  function add(files: readonly File[]): void {
    setComplaint('');
    if (!policy) return;
    count.current = ready.length + running.length;
    for (const file of files) {
      const refusal = refusalOf(file, count.current, policy);
      if (refusal) {
        setComplaint(wordsFor(refusal, file.name, texts, state.locale));
      } else {
        count.current += 1;
        void upload(file);
      }
    }
  }

  async function upload(file: File): Promise<void> {
    const key = newClientId();
    const stop = new AbortController();
    const drop = () => setRunning((all) => all.filter((one) => one.key !== key));
    const progress = (share: number) =>
      setRunning((all) => all.map((one) => (one.key === key ? { ...one, share } : one)));
    setRunning((all) => [...all, { key, name: file.name, share: 0, cancel: () => stop.abort() }]);
    try {
      onReady(await engine.files.upload(file, progress, stop.signal));
    } catch {
      if (!stop.signal.aborted) setComplaint(texts.fileFailed(file.name));
    }
    drop();
  }

  return { running, complaint, add, forgive: () => setComplaint('') };
}

function wordsFor(refusal: Refusal, name: string, texts: Texts, locale: string): string {
  switch (refusal.reason) {
    case 'too_big':
      return texts.fileTooBig(name, bytes(refusal.max_bytes, locale));
    case 'too_many':
      return texts.fileTooMany(refusal.max_files);
    case 'wrong_type':
      return texts.fileType(name);
  }
}

export function policyWords(policy: UploadPolicy, texts: Texts, locale: string): string {
  return texts.uploadPolicy(bytes(policy.max_bytes, locale), policy.max_files);
}
