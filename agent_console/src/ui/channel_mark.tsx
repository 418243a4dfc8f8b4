import { Mail, MessageCircle, type LucideIcon } from 'lucide-react';
import type { ChannelName } from '@engage/client';
import { texts } from '../texts';

const MARKS: Record<ChannelName, LucideIcon> = { webchat: MessageCircle, email: Mail };

export function ChannelMark({ channel, size = 14 }: { channel: ChannelName; size?: number }) {
  const Mark = MARKS[channel];
  return <Mark size={size} aria-label={texts.channels[channel]} role="img" />;
}
