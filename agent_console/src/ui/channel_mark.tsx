import { Mail, MessageCircle, Phone, Waypoints, type LucideIcon } from 'lucide-react';
import { texts } from '../texts';

type Known = keyof typeof texts.channels;

const MARKS: Record<Known, LucideIcon> = { webchat: MessageCircle, email: Mail, callback: Phone };

const isKnown = (channel: string): channel is Known => channel in MARKS;

/** A channel that the server has and this console has no words for is called by its own name. */
export function channelName(channel: string): string {
  return isKnown(channel) ? texts.channels[channel] : channel;
}

export function ChannelMark({ channel, size = 14 }: { channel: string; size?: number }) {
  const Mark = isKnown(channel) ? MARKS[channel] : Waypoints;
  return <Mark size={size} aria-label={channelName(channel)} role="img" />;
}
