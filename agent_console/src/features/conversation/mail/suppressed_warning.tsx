import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';

interface WarningProps {
  conversationId: string;
  /** Who would get the mail. */
  addresses: readonly string[];
}

/** Before it is sent: mails to one of these addresses came back. */
export function SuppressedWarning({ conversationId, addresses }: WarningProps) {
  const { api } = useDesk();
  const asked = [...new Set(addresses)].sort();
  const checked = useQuery({
    queryKey: ['suppressed', conversationId, asked],
    queryFn: () =>
      api.post(
        '/api/v1/agent/conversations/{conversation_id}/address-check',
        { addresses: asked },
        { path: { conversation_id: conversationId } },
      ),
    enabled: asked.length > 0,
    staleTime: 30_000,
  });
  const found = asked.length > 0 ? (checked.data?.suppressed ?? []) : [];
  if (found.length === 0) return null;
  return (
    <div className="mail-suppressed" role="alert">
      {found.map(({ address, reason }) => (
        <p key={address} dir="auto">
          <TriangleAlert size={14} aria-hidden />
          <span>{texts.tickets.suppressed(address, reason)}</span>
        </p>
      ))}
    </div>
  );
}
