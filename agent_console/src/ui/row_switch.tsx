import { Switch } from 'radix-ui';
import './form.css';

interface RowSwitchProps {
  label: string;
  on: boolean;
  disabled?: boolean;
  onChange: (on: boolean) => void;
}

/** A switch in a row whose words stand beside it already; its label is said. */
export function RowSwitch({ label, on, disabled, onChange }: RowSwitchProps) {
  return (
    <Switch.Root
      className="switch"
      aria-label={label}
      checked={on}
      disabled={disabled}
      onCheckedChange={onChange}
    >
      <Switch.Thumb className="switch-thumb" />
    </Switch.Root>
  );
}
