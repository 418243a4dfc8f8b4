import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useDesk } from '../../../state/desk_context';
import { texts } from '../../../texts';
import { Button, IconButton } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { DialogForm } from '../../../ui/dialog_form';
import { useChange } from '../use_change';
import { useForm } from '../use_form';
import type { Library } from './articles_page';

type Category = Library['categories'][number];
const words = texts.settings.articles;

interface CategoriesDialogProps {
  siteId: string;
  stored: readonly Category[];
  onClose: () => void;
}

export function CategoriesDialog({ siteId, stored, onClose }: CategoriesDialogProps) {
  const { api } = useDesk();
  const form = useForm({ items: [...stored] });
  const { items } = form.value;
  const put = (next: Category[]) => form.change({ items: next });
  const save = useChange(
    () => {
      const wanted = items.map(({ key, title, summary }) => ({ key, title, summary }));
      return api.put(
        '/api/v1/admin/sites/{site_id}/article-categories',
        { items: wanted },
        { path: { site_id: siteId } },
      );
    },
    { refresh: [['articles', siteId]], onDone: onClose },
  );
  const move = (at: number) =>
    put([...items.slice(0, at), ...items.slice(at, at + 2).reverse(), ...items.slice(at + 2)]);
  return (
    <Dialog title={words.categories} lead={words.categories_lead} size="wide" onClose={onClose}>
      <DialogForm
        isReady={items.length > 0}
        isBusy={save.isPending}
        onSubmit={() => save.mutate(undefined)}
        onClose={onClose}
      >
        <ul className="category-rows">
          {items.map((category, at) => (
            <li key={category.key || `new-${at}`}>
              <input
                className="field"
                aria-label={words.category_title}
                required
                maxLength={120}
                value={category.title}
                onChange={(event) => put(items.with(at, { ...category, title: event.currentTarget.value }))}
              />
              <IconButton
                icon={ArrowUp}
                label={texts.settings.up(category.title)}
                disabled={at === 0}
                onClick={() => move(at - 1)}
              />
              <IconButton
                icon={ArrowDown}
                label={texts.settings.down(category.title)}
                disabled={at === items.length - 1}
                onClick={() => move(at)}
              />
              <IconButton
                icon={Trash2}
                label={
                  category.articles > 0
                    ? words.category_full(category.articles)
                    : texts.settings.remove(category.title)
                }
                disabled={category.articles > 0}
                onClick={() => put(items.filter((_, place) => place !== at))}
              />
            </li>
          ))}
        </ul>
        <Button icon={Plus} onClick={() => put([...items, { key: '', title: '', summary: '', articles: 0 }])}>
          {words.add_category}
        </Button>
      </DialogForm>
    </Dialog>
  );
}
