import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useDesk } from '../../state/desk_context';
import { texts } from '../../texts';
import type { ContactCard } from './use_contact';

interface PreferredAgentProps {
  card: ContactCard;
  onSave: (agentId: string | null) => void;
}

/** Who is asked first for the contact's new work: one of those who answer at the site. */
export function PreferredAgent({ card, onSave }: PreferredAgentProps) {
  const { api } = useDesk();
  const [isEditing, setEditing] = useState(false);
  const colleagues = useQuery({
    queryKey: ['contact', card.id, 'colleagues'],
    queryFn: () =>
      api.get('/api/v1/agent/contacts/{contact_id}/colleagues', { path: { contact_id: card.id } }),
    enabled: isEditing,
  });
  const words = texts.people;
  const chosen = card.preferred_agent;
  if (!isEditing || !colleagues.data) {
    return (
      <span className="editable">
        <button type="button" className={chosen ? undefined : 'is-empty'} onClick={() => setEditing(true)}>
          <span className="visually-hidden">{words.edit(words.preferred_agent)}: </span>
          <span dir="auto">{chosen?.name ?? words.no_preferred}</span>
        </button>
      </span>
    );
  }
  return (
    <select
      className="field editable-field"
      aria-label={words.preferred_agent}
      autoFocus
      defaultValue={chosen?.id ?? ''}
      onChange={(event) => {
        setEditing(false);
        onSave(event.currentTarget.value || null);
      }}
      onBlur={() => setEditing(false)}
    >
      <option value="">{words.no_preferred}</option>
      {colleagues.data.items.map((one) => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </select>
  );
}
