import type { ComponentChildren, RefObject } from 'preact';

interface FormFrameProps {
  form: RefObject<HTMLFormElement | null>;
  /** Of the whole; those of single fields stand beside them. */
  complaint: string | undefined;
  onSend: () => void;
  /** What stands at its foot. */
  acts: ComponentChildren;
  children: ComponentChildren;
}

/** A form that fills a view: its fields roll, its foot stays in sight. */
export function FormFrame({ form, complaint, onSend, acts, children }: FormFrameProps) {
  return (
    <form
      ref={form}
      class="contact"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      <main class="scroll padded">{children}</main>
      <footer class="form-foot">
        {complaint && (
          <p class="complaint" role="alert">
            {complaint}
          </p>
        )}
        <div class="form-actions">{acts}</div>
      </footer>
    </form>
  );
}

/** The first field that is complained about, once that is drawn. */
export function focusFirst(form: RefObject<HTMLFormElement | null>): void {
  requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
