import { useState } from 'react';
import { GitMerge, Undo2 } from 'lucide-react';
import { useDesk } from '../../state/desk_context';
import { texts } from '../../texts';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Editable, type Value } from './editable';
import { Fact } from './fact';
import { PreferredAgent } from './preferred_agent';
import { formOf, useContactAct, type ContactCard, type ContactForm, type ContactRow } from './use_contact';
import './contact_facts.css';

/** Name, address, number and what the site wants to know: each is changed where it stands. */
export function ContactFacts({ card }: { card: ContactCard }) {
  const change = useContactAct((api, form: ContactForm) =>
    api.put('/api/v1/agent/contacts/{contact_id}', form, { path: { contact_id: card.id } }),
  );
  const words = texts.people;
  const save = (part: Partial<ContactForm>) => change.mutate(formOf(card, part));
  const text = (value: Value) => (value === null ? null : String(value));
  return (
    <dl className="contact-facts">
      <Fact label={words.name}>
        <Editable
          label={words.name}
          kind="text"
          value={card.name}
          onSave={(value) => save({ name: text(value) })}
        />
      </Fact>
      <Fact label={words.email}>
        <Editable
          label={words.email}
          kind="email"
          value={card.email}
          onSave={(value) => save({ email: text(value) })}
        />
      </Fact>
      <Fact label={words.phone}>
        <Editable
          label={words.phone}
          kind="phone"
          value={card.phone}
          onSave={(value) => save({ phone: text(value) })}
        />
      </Fact>
      <Fact label={words.preferred_agent}>
        <PreferredAgent card={card} onSave={(id) => save({ preferred_agent_id: id })} />
      </Fact>
      {card.fields.map((field) => (
        <Fact key={field.id} label={field.label}>
          <Editable
            label={field.label}
            kind={field.kind}
            choices={field.choices}
            value={(card.attributes[field.id] as Value | undefined) ?? null}
            onSave={(value) => save({ attributes: { [field.id]: value } })}
          />
        </Fact>
      ))}
    </dl>
  );
}

/** Contacts with the same address, and merges that can still be undone. */
export function SamePerson({ card }: { card: ContactCard }) {
  const { notices } = useDesk();
  const [asked, setAsked] = useState<ContactRow | null>(null);
  const words = texts.people;
  const merge = useContactAct((api, other_id: string) =>
    api.post('/api/v1/agent/contacts/{contact_id}/merge', { other_id }, { path: { contact_id: card.id } }),
  );
  const undo = useContactAct((api, contact_merge_id: string) =>
    api.post('/api/v1/agent/contact-merges/{contact_merge_id}/undo', undefined, {
      path: { contact_merge_id },
    }),
  );
  return (
    <>
      {card.duplicates.length > 0 && (
        <section className="same-person is-found">
          <h3>{words.same_email}</h3>
          <ul>
            {card.duplicates.map((other) => (
              <li key={other.id}>
                <span className="truncate" dir="auto">
                  {other.name || other.email} · {texts.lists.talks(other.talks)}
                </span>
                <Button icon={GitMerge} onClick={() => setAsked(other)}>
                  {words.merge}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {card.merges.map((done) => (
        <div className="same-person is-done" key={done.id}>
          <p>
            <span dir="auto">{words.merged_with(done.name || texts.nobody, done.agent_name)}</span>
          </p>
          <Button
            look="quiet"
            icon={Undo2}
            disabled={undo.isPending}
            onClick={() => undo.mutate(done.id, { onSuccess: () => notices.say(words.undone) })}
          >
            {words.undo}
          </Button>
        </div>
      ))}
      {asked && (
        <Dialog
          title={words.merge_title(asked.name || asked.email || texts.nobody)}
          lead={words.merge_lead}
          onClose={() => setAsked(null)}
        >
          <div className="dialog-footer">
            <Button onClick={() => setAsked(null)}>{texts.cancel}</Button>
            <Button
              look="primary"
              data-first
              disabled={merge.isPending}
              onClick={() => merge.mutate(asked.id, { onSettled: () => setAsked(null) })}
            >
              {words.merge}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
