import type { ReactNode } from 'react';
import { texts } from '../texts';
import { Button } from './button';
import { StillForm } from './still_form';

interface DialogFormProps {
  /** What the button says. */
  confirm?: string;
  look?: 'primary' | 'danger';
  /** What is filled in may be sent. */
  isReady?: boolean;
  isBusy: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** What a dialog asks, and at its end the way back and the way on. */
export function DialogForm(props: DialogFormProps) {
  const {
    confirm = texts.settings.save,
    look = 'primary',
    isReady = true,
    isBusy,
    onSubmit,
    onClose,
  } = props;
  return (
    <StillForm
      className="dialog-form"
      isBusy={isBusy}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !isBusy) onSubmit();
      }}
      footer={
        <div className="dialog-footer">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button look={look} type="submit" disabled={isBusy || !isReady}>
            {confirm}
          </Button>
        </div>
      }
    >
      {props.children}
    </StillForm>
  );
}
