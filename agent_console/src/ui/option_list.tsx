import type { ReactNode } from 'react';
import { Command, useCommandState } from 'cmdk';
import { texts } from '../texts';
import './option_list.css';

interface OptionListProps {
  /** What is said when nothing is left to choose. */
  none: ReactNode;
  children: ReactNode;
}

/** What can be chosen, below its field. A list without an option is none: a sentence stands in its place. */
export function OptionList({ none, children }: OptionListProps) {
  const isEmpty = useCommandState((state) => state.filtered.count === 0);
  return (
    <>
      {/* Hidden rather than left out: each option counts itself when it is drawn. */}
      <Command.List label={texts.choices} hidden={isEmpty}>
        {children}
      </Command.List>
      <p className="option-list-none" role="status">
        {isEmpty && none}
      </p>
    </>
  );
}
