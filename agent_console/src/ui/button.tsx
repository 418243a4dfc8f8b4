import type { ComponentPropsWithRef, ReactNode } from 'react';
import type { LucideIcon } from 'lucide-react';
import { classNames } from './class_names';
import { Keys } from './keys';
import { Tooltip } from './tooltip';
import './button.css';

interface ButtonProps extends ComponentPropsWithRef<'button'> {
  look?: 'primary' | 'plain' | 'quiet' | 'bad' | 'note' | 'danger';
  icon?: LucideIcon;
  shortcut?: string | null;
  children: ReactNode;
}

export function Button({ look = 'plain', icon: Icon, shortcut, children, className, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className={classNames('button', `button-${look}`, className)}>
      {Icon && <Icon size={15} aria-hidden />}
      <span className="truncate">{children}</span>
      {shortcut && <Keys of={shortcut} />}
    </button>
  );
}

interface IconButtonProps extends ComponentPropsWithRef<'button'> {
  icon: LucideIcon;
  label: string;
  shortcut?: string | null;
  side?: 'top' | 'right' | 'bottom' | 'left';
}

/** A button without words; its label is said and shown on hover and focus. */
export function IconButton({ icon: Icon, label, shortcut, side, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut} side={side}>
      <button type="button" aria-label={label} {...rest} className={classNames('icon-button', className)}>
        <Icon size={17} aria-hidden />
      </button>
    </Tooltip>
  );
}
