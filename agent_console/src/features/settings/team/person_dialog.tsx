import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useDesk } from '../../../state/desk_context';
import { wordsFor } from '../../../state/failure';
import { texts } from '../../../texts';
import { Dialog } from '../../../ui/dialog';
import { DialogForm } from '../../../ui/dialog_form';
import { Avatar } from '../../../ui/avatar';
import { NumberField } from '../../../ui/form';
import { PictureField } from '../picture_field';
import { useChange } from '../use_change';
import { DutiesFields } from './duties_fields';
import { peopleKey, type PeopleView, type Person } from './people_page';

const words = texts.access.people;
const pictures = texts.admin.pictures;

interface PersonDialogProps {
  siteId: string;
  person: Person;
  queues: PeopleView['queues'];
  onClose: () => void;
}

export function PersonDialog({ siteId, person, queues, onClose }: PersonDialogProps) {
  const { api } = useDesk();
  const { role, all_queues, queue_ids, capacity } = person;
  const [value, setValue] = useState({ role, all_queues, queue_ids, capacity });
  const save = useChange(
    () =>
      api.put('/api/v1/admin/sites/{site_id}/people/{agent_id}', value, {
        path: { site_id: siteId, agent_id: person.id },
      }),
    { refresh: [peopleKey(siteId)], said: texts.settings.saved, quiet: true, onDone: onClose },
  );
  return (
    <Dialog title={person.name} lead={person.email} onClose={onClose}>
      <DialogForm isBusy={save.isPending} onSubmit={() => save.mutate(undefined)} onClose={onClose}>
        <PersonPicture siteId={siteId} person={person} />
        <DutiesFields
          value={value}
          queues={queues}
          onChange={(part) => setValue((before) => ({ ...before, ...part }))}
        />
        <NumberField
          label={words.capacity}
          min={1}
          max={50}
          value={value.capacity}
          error={save.error ? wordsFor(save.error) : null}
          onChange={(typed) => setValue((before) => ({ ...before, capacity: typed }))}
        />
      </DialogForm>
    </Dialog>
  );
}

function PersonPicture({ siteId, person }: Pick<PersonDialogProps, 'siteId' | 'person'>) {
  const { api } = useDesk();
  const queries = useQueryClient();
  const route = '/api/v1/admin/sites/{site_id}/people/{agent_id}/picture';
  const path = { site_id: siteId, agent_id: person.id };
  return (
    <PictureField
      label={pictures.face}
      hint={pictures.their_hint}
      isSet={person.picture !== null}
      upload={(file) => api.upload(route, file, { path })}
      remove={() => api.delete(route, { path })}
      onDone={() => void queries.invalidateQueries({ queryKey: peopleKey(siteId) })}
    >
      <Avatar name={person.name} picture={person.picture} size={64} />
    </PictureField>
  );
}
