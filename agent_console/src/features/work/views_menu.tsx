import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Bookmark, BookmarkPlus, Trash2, Users } from 'lucide-react';
import { useDesk } from '../../state/desk_context';
import { wordsFor } from '../../state/failure';
import { filtersText, USUAL_SORT, type Filters } from '../../state/filters';
import type { WorkPlace } from '../../state/route';
import { useStore } from '../../state/store';
import { useSavedViews, VIEWS_KEY, viewFilters, type SavedView } from '../../state/use_saved_views';
import { texts } from '../../texts';
import { Dialog } from '../../ui/dialog';
import { DialogForm } from '../../ui/dialog_form';
import { SelectField, TextField } from '../../ui/form';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../../ui/menu';

interface ViewsMenuProps {
  place: WorkPlace;
  filters: Filters;
}

/** Lists under a name, each with how much is in it. */
export function ViewsMenu({ place, filters }: ViewsMenuProps) {
  const { router } = useDesk();
  const views = useSavedViews();
  const [isSaving, setSaving] = useState(false);
  const words = texts.lists;
  const items = views.data?.items ?? [];
  const current = items.find(
    (view) => view.query.view === place && filtersText(viewFilters(view)) === filtersText(filters),
  );
  const remove = useChange((view: SavedView, api) =>
    api.delete('/api/v1/agent/views/{view_id}', { path: { view_id: view.id } }),
  );
  const open = (view: SavedView) =>
    router.go({
      page: 'work',
      view: view.query.view,
      conversation_id: null,
      filters: filtersText(viewFilters(view)),
    });
  return (
    <>
      <Menu
        label={words.views}
        align="start"
        trigger={
          <button type="button" className="button button-quiet" onPointerDown={() => void views.refetch()}>
            <Bookmark size={15} aria-hidden />
            <span className="truncate" dir="auto">
              {current?.name ?? words.views}
            </span>
          </button>
        }
      >
        {items.length === 0 && <MenuLabel>{words.no_views}</MenuLabel>}
        {items.map((view) => (
          <MenuItem
            key={view.id}
            icon={view.shared_site_id ? Users : Bookmark}
            label={view.name}
            mark={<span className="menu-count numbers">{view.count >= 100 ? '99+' : view.count}</span>}
            chosen={view.id === current?.id}
            onSelect={() => open(view)}
          />
        ))}
        <MenuLine />
        <MenuItem icon={BookmarkPlus} label={words.save_view} onSelect={() => setSaving(true)} />
        {current?.is_mine && (
          <MenuItem
            icon={Trash2}
            label={words.remove_view(current.name)}
            tone="bad"
            onSelect={() => remove.mutate(current)}
          />
        )}
      </Menu>
      {isSaving && <SaveDialog place={place} filters={filters} onClose={() => setSaving(false)} />}
    </>
  );
}

function useChange<Input>(send: (input: Input, api: ReturnType<typeof useDesk>['api']) => Promise<unknown>) {
  const { api, notices } = useDesk();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => send(input, api),
    onSuccess: () => queries.invalidateQueries({ queryKey: VIEWS_KEY }),
    onError: (failure) => notices.say(wordsFor(failure), 'bad'),
  });
}

function SaveDialog({ place, filters, onClose }: ViewsMenuProps & { onClose: () => void }) {
  const { work } = useDesk();
  const sites = useStore(work.store, (state) => state.me.sites);
  const supervised = sites.filter((site) => site.rights.includes('supervise'));
  const [name, setName] = useState('');
  const [shared, setShared] = useState('');
  const words = texts.lists;
  const save = useChange((_: null, api) =>
    api.post('/api/v1/agent/views', {
      name: name.trim(),
      query: { view: place, ...filters, sort: filters.sort ?? USUAL_SORT[place] } as SavedView['query'],
      shared_site_id: shared || null,
    }),
  );
  return (
    <Dialog title={words.save_view} lead={words.save_view_lead} onClose={onClose}>
      <DialogForm
        confirm={words.save}
        isReady={name.trim() !== ''}
        isBusy={save.isPending}
        onSubmit={() => save.mutate(null, { onSuccess: onClose })}
        onClose={onClose}
      >
        <TextField label={words.view_name} value={name} maxLength={60} onChange={setName} data-first />
        {supervised.length > 0 && (
          <SelectField
            label={words.for_whom}
            value={shared}
            options={[
              { value: '', label: words.for_me },
              ...supervised.map((site) => ({ value: site.id, label: words.for_site(site.name) })),
            ]}
            onChange={setShared}
          />
        )}
      </DialogForm>
    </Dialog>
  );
}
