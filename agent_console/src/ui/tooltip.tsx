import type { ReactNode } from 'react';
import { Tooltip as Radix } from 'radix-ui';
import { Keys } from './keys';
import './tooltip.css';

interface TooltipProps {
  text: string;
  shortcut?: string | null | undefined;
  side?: 'top' | 'right' | 'bottom' | 'left' | undefined;
  children: ReactNode;
}

export const TooltipProvider = Radix.Provider;

export function Tooltip({ text, shortcut, side = 'bottom', children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="tooltip" side={side} sideOffset={6} collisionPadding={8}>
          {text}
          {shortcut && <Keys of={shortcut} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
