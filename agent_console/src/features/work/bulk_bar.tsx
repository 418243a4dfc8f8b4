import { useLayoutEffect, useRef } from 'react';
import {
  ArrowRightLeft,
  CircleCheck,
  CirclePause,
  HandHelping,
  OctagonAlert,
  Tag,
  X,
  type LucideIcon,
} from 'lucide-react';
import { NO_TARGET, type WorkItem } from '@engage/client/src/agent';
import type { DialogName } from '../../state/desk';
import { useDesk } from '../../state/desk_context';
import { allOf, NOTHING } from '../../state/selection';
import { useValue } from '../../state/store';
import { texts } from '../../texts';
import { Button, IconButton } from '../../ui/button';
import './bulk_bar.css';

interface BulkBarProps {
  /** All that are loaded. */
  items: readonly WorkItem[];
  /** The bar goes while it has the focus. */
  onGone: () => void;
}

/** How many are selected, and what can be done with all of them. */
export function BulkBar({ items, onGone }: BulkBarProps) {
  const { bulk } = useDesk();
  const selection = useValue(bulk.selection);
  const progress = useValue(bulk.progress);
  const bar = useRef<HTMLElement>(null);
  const gone = useRef(onGone);
  useLayoutEffect(() => {
    const here = bar.current;
    return () => {
      if (here?.contains(document.activeElement)) gone.current();
    };
  }, []);
  const words = texts.bulk;
  const isAll = items.every((item) => selection.items.has(item.engagement_id));
  return (
    <section ref={bar} className="bulk-bar" aria-label={words.label} aria-busy={progress !== null}>
      <header className="bulk-bar-top">
        <strong className="numbers">
          {progress ? words.progress(progress.done, progress.total) : words.chosen(selection.items.size)}
        </strong>
        {!isAll && (
          <Button look="quiet" onClick={() => bulk.selection.set(allOf(items))}>
            {words.all}
          </Button>
        )}
        <IconButton
          icon={X}
          label={words.clear}
          shortcut="Escape"
          side="top"
          onClick={() => bulk.selection.set(NOTHING)}
        />
      </header>
      <div className="bulk-bar-acts">
        <Acts isBusy={progress !== null} items={[...selection.items.values()]} />
      </div>
    </section>
  );
}

/** Only what is possible for one of them at least. */
function Acts({ items, isBusy }: { items: readonly WorkItem[]; isBusy: boolean }) {
  const { bulk, dialog } = useDesk();
  const { take, transfer, park, end, spam } = bulk.acts;
  const acts: [LucideIcon, string, DialogName | (() => void), boolean][] = [
    [HandHelping, texts.work.take, () => void bulk.run(take()), items.some(take().fits)],
    [Tag, texts.actions.labels, 'label_selected', true],
    [ArrowRightLeft, texts.actions.transfer, 'transfer_selected', items.some(transfer(NO_TARGET, '').fits)],
    [CirclePause, texts.actions.park, 'park_selected', items.some(park(null).fits)],
    [CircleCheck, texts.actions.end, 'end_selected', items.some(end(null).fits)],
    [OctagonAlert, texts.spam.act, 'spam_selected', items.some(spam(null).fits)],
  ];
  return acts
    .filter(([, , , isPossible]) => isPossible)
    .map(([Icon, label, what]) => (
      // Not disabled: the focus goes back to it just when what its dialog was for begins.
      <button
        key={label}
        type="button"
        aria-disabled={isBusy}
        onClick={() => {
          if (isBusy) return;
          if (typeof what === 'string') dialog.set(what);
          else what();
        }}
      >
        <Icon size={16} aria-hidden />
        <span className="truncate">{label}</span>
      </button>
    ));
}
