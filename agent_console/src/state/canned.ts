import type { CannedReply } from '@engage/client/src/agent';

/** What a canned reply may name; the server knows the same ones. */
export const VARIABLES = [
  'visitor.name',
  'visitor.first_name',
  'agent.name',
  'site.name',
  'conversation.topic',
] as const;
export type Variable = (typeof VARIABLES)[number];
export type Values = Record<Variable, string>;

const PLACE = /\{\{\s*([^{}|]*?)\s*(?:\|([^{}]*))?\}\}/g;

const isKnown = (name: string): name is Variable => (VARIABLES as readonly string[]).includes(name);

/** In one go, so that braces in a visitor's name stay the text they are. */
export function filled(text: string, values: Values): string {
  return text.replace(PLACE, (place, name: string, fallback: string | undefined) =>
    isKnown(name) ? values[name] || (fallback ?? '') : place,
  );
}

export function unknownVariables(text: string): string[] {
  const names = [...text.matchAll(PLACE)].map((found) => found[1] ?? '');
  return [...new Set(names.filter((name) => !isKnown(name)))];
}

export function valuesFor(names: { visitor: string; agent: string; site: string; topic: string }): Values {
  return {
    'visitor.name': names.visitor,
    'visitor.first_name': names.visitor.trim().split(/\s+/)[0] ?? '',
    'agent.name': names.agent,
    'site.name': names.site,
    'conversation.topic': names.topic,
  };
}

interface Wanted {
  query: string;
  locale: string;
  queue_id: string;
}

/** Every word must be found; a shortcut that begins so comes first, then the visitor's language. */
export function matching(
  replies: readonly CannedReply[],
  { query, locale, queue_id }: Wanted,
): CannedReply[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const language = locale.slice(0, 2);
  const rank = (reply: CannedReply): number =>
    Number(!reply.shortcut.startsWith(words[0] ?? '')) * 2 +
    Number(reply.locale !== null && reply.locale.slice(0, 2) !== language);
  return replies
    .filter((reply) => reply.queue_ids.length === 0 || reply.queue_ids.includes(queue_id))
    .filter((reply) => {
      const all = `${reply.shortcut} ${reply.title} ${reply.text}`.toLowerCase();
      return words.every((word) => all.includes(word));
    })
    .sort((a, b) => rank(a) - rank(b));
}
