import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { useDesk } from './desk_context';
import { pathOf, type Route } from './route';

interface RouteLinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  to: Route;
}

/** A real link: it can be opened in another tab; a plain click stays in this one. */
export function RouteLink({ to, onClick, ...rest }: RouteLinkProps) {
  const { router } = useDesk();
  function follow(event: MouseEvent<HTMLAnchorElement>): void {
    onClick?.(event);
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (!isPlain || event.defaultPrevented) return;
    event.preventDefault();
    router.go(to);
  }
  return <a {...rest} href={pathOf(to)} onClick={follow} />;
}
