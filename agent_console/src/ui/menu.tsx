import { useState, type ReactNode } from 'react';
import { Check, type LucideIcon } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import { Keys } from './keys';
import './menu.css';

interface MenuProps {
  trigger: ReactNode;
  label: string;
  side?: 'top' | 'bottom';
  align?: 'start' | 'end';
  children: ReactNode;
}

/** Not modal: a modal menu would inject a style element to lock scrolling, which the page's CSP refuses. */
export function Menu({ trigger, label, side = 'bottom', align = 'end', children }: MenuProps) {
  // Drawn anew when it opens: only then the page is certainly there to hold it.
  const [isOpen, setOpen] = useState(false);
  return (
    <Radix.Root modal={false} open={isOpen} onOpenChange={setOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      {/* Inside the main landmark, so that nothing on the page stands outside of all of them. */}
      <Radix.Portal container={document.querySelector('main')}>
        <Radix.Content
          className="menu"
          aria-label={label}
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface MenuItemProps {
  icon?: LucideIcon;
  label: string;
  hint?: string;
  shortcut?: string | null;
  mark?: ReactNode;
  chosen?: boolean;
  tone?: 'bad';
  onSelect: () => void;
}

export function MenuItem({ icon: Icon, label, hint, shortcut, mark, chosen, tone, onSelect }: MenuItemProps) {
  return (
    <Radix.Item className="menu-item" data-tone={tone} onSelect={onSelect}>
      {mark}
      {Icon && <Icon size={16} aria-hidden />}
      <span className="menu-item-words">
        {label}
        {hint && <small>{hint}</small>}
      </span>
      {shortcut && <Keys of={shortcut} />}
      {chosen && <Check size={16} aria-hidden />}
    </Radix.Item>
  );
}

interface MenuSwitchProps {
  label: string;
  hint?: string;
  on: boolean;
  onChange: (on: boolean) => void;
}

/** Stays open, so that several can be set in one go. */
export function MenuSwitch({ label, hint, on, onChange }: MenuSwitchProps) {
  return (
    <Radix.CheckboxItem
      className="menu-item"
      checked={on}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
    >
      <span className="menu-item-words">
        {label}
        {hint && <small>{hint}</small>}
      </span>
      <span className="menu-toggle" data-on={on} aria-hidden />
    </Radix.CheckboxItem>
  );
}

interface MenuChoiceProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

export function MenuChoice<T extends string>({ label, value, options, onChange }: MenuChoiceProps<T>) {
  return (
    <Radix.RadioGroup className="menu-choice" aria-label={label} value={value}>
      {options.map((option) => (
        <Radix.RadioItem
          key={option.value}
          className="menu-choice-option"
          value={option.value}
          onSelect={(event) => {
            event.preventDefault();
            onChange(option.value);
          }}
        >
          {option.label}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="menu-label">{children}</Radix.Label>
);
export const MenuLine = () => <Radix.Separator className="menu-line" />;
