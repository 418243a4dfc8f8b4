import type { TrailStep } from '@engage/client/src/agent';
import { texts } from '../../texts';

export function trailWords(item: TrailStep): string {
  switch (item.kind) {
    case 'page':
      return item.title || item.url || '';
    case 'search':
      return texts.contact.searched(item.query ?? '');
    case 'article':
      return texts.contact.read_article(item.title || item.slug || '');
  }
}
