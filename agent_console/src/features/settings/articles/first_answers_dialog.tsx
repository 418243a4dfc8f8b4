import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Dialog } from '../../../ui/dialog';
import { DialogForm } from '../../../ui/dialog_form';
import { SelectField, type Choice } from '../../../ui/form';
import { Loaded } from '../loaded';
import { useChange } from '../use_change';

const words = texts.admin.first_answers;
const ROUTE = '/api/v1/admin/sites/{site_id}/first-answers';
const PLACES = [0, 1, 2, 3, 4];

interface FirstAnswersProps {
  siteId: string;
  /** Published articles for customers. */
  articles: readonly { slug: string; title: string }[];
  onClose: () => void;
}

export function FirstAnswersDialog({ siteId, articles, onClose }: FirstAnswersProps) {
  const { api } = useDesk();
  const query = useQuery({
    queryKey: ['first_answers', siteId],
    queryFn: () => api.get(ROUTE, { path: { site_id: siteId } }),
  });
  return (
    <Dialog title={words.open} lead={words.lead} onClose={onClose}>
      <Loaded query={query}>
        {({ slugs }) => <Places siteId={siteId} stored={slugs} articles={articles} onClose={onClose} />}
      </Loaded>
    </Dialog>
  );
}

function Places({ siteId, stored, articles, onClose }: FirstAnswersProps & { stored: readonly string[] }) {
  const { api } = useDesk();
  // one that was taken back in the meantime leaves its place free
  const known = stored.filter((slug) => articles.some((one) => one.slug === slug));
  const [chosen, setChosen] = useState(() => PLACES.map((place) => known[place] ?? ''));
  const options: Choice<string>[] = [
    { value: '', label: words.none },
    ...articles.map(({ slug, title }) => ({ value: slug, label: title })),
  ];
  const save = useChange(
    () => api.put(ROUTE, { slugs: chosen.filter(Boolean) }, { path: { site_id: siteId } }),
    { refresh: [['first_answers', siteId]], said: texts.settings.saved, onDone: onClose },
  );
  return (
    <DialogForm isBusy={save.isPending} onSubmit={() => save.mutate(undefined)} onClose={onClose}>
      {PLACES.map((place) => (
        <SelectField
          key={place}
          label={words.place(place + 1)}
          value={chosen[place] ?? ''}
          options={options}
          onChange={(slug) => setChosen(chosen.map((one, at) => (at === place ? slug : one)))}
        />
      ))}
    </DialogForm>
  );
}
