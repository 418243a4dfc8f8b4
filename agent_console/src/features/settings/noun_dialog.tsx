import type { ReactNode } from 'react';
import { Dialog } from '../../ui/dialog';
import { DialogForm } from '../../ui/dialog_form';
import { TextField } from '../../ui/form';
import type { Form, Saving } from './use_form';

interface NounDialogProps {
  title: string;
  words: { name: string; name_hint: string };
  maxLength: number;
  size?: 'wide';
  form: Form<{ name: string }>;
  save: Saving & { isPending: boolean };
  /** What it needs beside a name is there. */
  isReady?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** What has a name and is set up in a dialog, e.g. a queue; its other fields stand below the name. */
export function NounDialog({ title, words, maxLength, size, form, save, ...rest }: NounDialogProps) {
  const { isReady = true, onClose, children } = rest;
  return (
    <Dialog title={title} size={size} onClose={onClose}>
      <DialogForm
        isReady={isReady && form.value.name.trim() !== ''}
        isBusy={save.isPending}
        onSubmit={() => form.send(save)}
        onClose={onClose}
      >
        <TextField
          label={words.name}
          hint={words.name_hint}
          maxLength={maxLength}
          required
          value={form.value.name}
          error={form.errors.name}
          onChange={(name) => form.change({ name })}
        />
        {children}
      </DialogForm>
    </Dialog>
  );
}
