import { CalendarDays, CalendarX } from 'lucide-react';
import type { ReceivedMail } from '../../../state/mail_keeper';
import { texts } from '../../../texts';
import { exactTime } from '../../../ui/time_words';

const words = texts.mail;

/** What a calendar part says. Nothing of it is accepted from here. */
export function InvitationCard({ invitation }: { invitation: NonNullable<ReceivedMail['invitation']> }) {
  const { method, summary, starts_at, ends_at, location, organizer } = invitation;
  const isCancelled = method.toUpperCase() === 'CANCEL';
  const Icon = isCancelled ? CalendarX : CalendarDays;
  return (
    <section className="mail-invitation" aria-label={words.invitation}>
      <Icon size={20} aria-hidden />
      <div>
        <p className="mail-invitation-kind">{isCancelled ? words.invitation_cancelled : words.invitation}</p>
        <strong dir="auto">{summary}</strong>
        {starts_at && (
          <p className="numbers">
            {exactTime(starts_at)}
            {ends_at && ` – ${exactTime(ends_at)}`}
          </p>
        )}
        {location && <p dir="auto">{location}</p>}
        {organizer && <p dir="auto">{words.invited_by(organizer)}</p>}
      </div>
    </section>
  );
}
