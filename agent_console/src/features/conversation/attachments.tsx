import { useState } from 'react';
import { Download, File as FileIcon } from 'lucide-react';
import type { Attachment } from '@engage/client';
import { agentAttachmentUrl } from '@engage/client/src/agent';
import { texts } from '../../texts';
import { Dialog } from '../../ui/dialog';
import '../../ui/button.css';
import { fileSize } from '../../ui/file_size';
import './attachments.css';

const MOST_WIDTH = 280;
const MOST_HEIGHT = 220;

/** The place is kept before the picture is there, so that nothing moves when it comes. */
export function thumbnailSize(attachment: Attachment): { width: number; height: number } {
  const { width, height } = attachment;
  if (!width || !height) return { width: 200, height: 150 };
  const scale = Math.min(1, MOST_WIDTH / width, MOST_HEIGHT / height);
  return { width: Math.max(40, Math.round(width * scale)), height: Math.max(40, Math.round(height * scale)) };
}

const isPicture = (attachment: Attachment) =>
  /^image\/(png|jpeg|gif|webp|avif)$/.test(attachment.content_type);

export function Attachments({ of: attachments }: { of: readonly Attachment[] }) {
  if (attachments.length === 0) return null;
  return (
    <div className="attachments">
      {attachments.map((attachment) =>
        isPicture(attachment) ? (
          <Picture key={attachment.id} attachment={attachment} />
        ) : (
          <FileCard key={attachment.id} attachment={attachment} />
        ),
      )}
    </div>
  );
}

function Picture({ attachment }: { attachment: Attachment }) {
  const [isOpen, setOpen] = useState(false);
  const url = agentAttachmentUrl(attachment.id);
  const { width, height } = thumbnailSize(attachment);
  return (
    <>
      <button
        type="button"
        className="attachment-picture"
        aria-label={texts.conversation.open_image(attachment.name)}
        onClick={() => setOpen(true)}
      >
        <img src={url} alt="" width={width} height={height} loading="lazy" decoding="async" />
      </button>
      {isOpen && (
        <Dialog
          title={attachment.name}
          lead={fileSize(attachment.size)}
          size="picture"
          onClose={() => setOpen(false)}
        >
          <img className="attachment-whole" src={url} alt={attachment.name} />
          <footer className="dialog-footer">
            <a className="button button-plain" href={url} download={attachment.name} data-first>
              <Download size={15} aria-hidden />
              {texts.conversation.download_short}
            </a>
          </footer>
        </Dialog>
      )}
    </>
  );
}

function FileCard({ attachment }: { attachment: Attachment }) {
  return (
    <a className="attachment-file" href={agentAttachmentUrl(attachment.id)} download={attachment.name}>
      <FileIcon size={18} aria-hidden />
      <span>
        <span className="attachment-name truncate">{attachment.name}</span>
        <small className="numbers">{fileSize(attachment.size)}</small>
      </span>
      <Download size={15} role="img" aria-label={texts.conversation.download_short} />
    </a>
  );
}
