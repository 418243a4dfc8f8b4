import type { Token } from '../token';

export type Form = 'strong' | 'em' | 'bullets' | 'numbers' | 'quote' | 'link';

/** What the composer does with the words, without loading the editor itself. */
export interface RichHandle {
  focus(): void;
  toEnd(): void;
  form(form: Form, href?: string): void;
  has(form: Form): boolean;
  insert(words: string): void;
  put(token: Token, words: string): void;
  content(): { text: string; html: string | null };
}
