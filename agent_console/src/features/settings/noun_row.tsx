import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import type { QueryKey } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useDesk } from '../../state/desk_context';
import { texts } from '../../texts';
import { Button, IconButton } from '../../ui/button';
import { ConfirmDialog } from './confirm_dialog';
import type { Move } from './noun_list';
import { useChange } from './use_change';

const words = texts.settings;

interface AddNameProps {
  words: { one: string; placeholder: string };
  maxLength: number;
  send: (name: string) => Promise<unknown>;
  refresh: readonly QueryKey[];
  /** What else is chosen for a new one. */
  children?: (name: string) => ReactNode;
}

/** One line that makes a new one by its name. */
export function AddName({ words: { one, placeholder }, maxLength, send, refresh, children }: AddNameProps) {
  const [name, setName] = useState('');
  const add = useChange(send, { refresh });
  function submit(event: FormEvent) {
    event.preventDefault();
    // The next one may be half typed when this one is there.
    const clear = () => setName((now) => (now === name ? '' : now));
    if (name.trim()) add.mutate(name.trim(), { onSuccess: clear });
  }
  return (
    <form className="settings-add" onSubmit={submit}>
      <input
        className="field"
        dir="auto"
        aria-label={one}
        placeholder={placeholder}
        maxLength={maxLength}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {children?.(name)}
      <Button look="primary" type="submit" disabled={!name.trim() || add.isPending}>
        {words.add}
      </Button>
    </form>
  );
}

interface NameFieldProps {
  name: string;
  maxLength: number;
  send: (name: string) => Promise<unknown>;
  refresh: readonly QueryKey[];
}

/** A name that is changed where it stands; an empty one gives way to the old one, a refused one can be mended. */
export function NameField({ name, maxLength, send, refresh }: NameFieldProps) {
  const [typed, setTyped] = useState(name);
  const { leaving } = useDesk().router;
  const rename = useChange(send, { refresh });
  const isRefused = rename.isError && typed.trim() !== name;
  useEffect(() => (isRefused ? leaving.hold() : undefined), [isRefused, leaving]);
  function keep() {
    const wanted = typed.trim();
    if (!wanted) return setTyped(name);
    if (wanted !== name) rename.mutate(wanted);
  }
  return (
    <input
      className="field settings-row-field"
      dir="auto"
      aria-label={words.edit(name)}
      aria-invalid={isRefused || undefined}
      value={typed}
      maxLength={maxLength}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
}

export function MoveButtons({ name, move }: { name: string; move: Move }) {
  return (
    <>
      <IconButton icon={ArrowUp} label={words.up(name)} disabled={!move.up} onClick={() => move.up?.()} />
      <IconButton
        icon={ArrowDown}
        label={words.down(name)}
        disabled={!move.down}
        onClick={() => move.down?.()}
      />
    </>
  );
}

interface RemoveButtonProps {
  name: string;
  /** What will happen, and what stays. */
  lead: string;
  send: () => Promise<unknown>;
  refresh: readonly QueryKey[];
}

/** Asks first; what is refused stays. */
export function RemoveButton({ name, lead, send, refresh }: RemoveButtonProps) {
  const [isAsking, setAsking] = useState(false);
  const remove = useChange(send, { refresh });
  return (
    <>
      <IconButton icon={Trash2} label={words.remove(name)} onClick={() => setAsking(true)} />
      {isAsking && (
        <ConfirmDialog
          title={words.remove(name)}
          lead={lead}
          confirm={words.remove_short}
          isBusy={remove.isPending}
          onConfirm={() => remove.mutate(undefined, { onSettled: () => setAsking(false) })}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
