/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { de as widgetDe } from '../../../widgets/chat/src/texts/de';
import { en as widgetEn } from '../../../widgets/chat/src/texts/en';
import { de } from './de';
import { en } from './en';

// What the type of a catalogue cannot tell: that nothing is empty, that each language fills in the same things, and
// that no words stand outside of the catalogues.

type Leaf = string | ((...given: never[]) => unknown);

function leaves(catalogue: object, path = ''): [string, Leaf][] {
  return Object.entries(catalogue).flatMap(([key, value]: [string, unknown]): [string, Leaf][] => {
    const at = path ? `${path}.${key}` : key;
    if (typeof value === 'string') return [[at, value]];
    if (typeof value === 'function') return [[at, value as (...given: never[]) => unknown]];
    return typeof value === 'object' && value !== null ? leaves(value, at) : [];
  });
}

/** What a text makes of these values; null where they are of the wrong kind for it. */
function said(text: Leaf, given: readonly unknown[]): string | null {
  if (typeof text === 'string') return text;
  try {
    const answer = text(...(given as never[]));
    return typeof answer === 'string' && !/NaN|undefined|\[object/.test(answer) ? answer : null;
  } catch {
    return null;
  }
}

/** Terms that are the same in both; any other text that reads like the English one was forgotten. */
const SAME = new Set(
  [
    'Admin, Agent, Browser, Chat, Code, Emoji, Engage, Filter, Link, Logo, Name, Offline, offline, Online, online',
    'Google Workspace, Microsoft 365, TLS, STARTTLS, Scope, in, PDF, Port, Server, Spam, Team, Teams, Text, Token, Vera Lind, Webhooks, Websites',
  ].flatMap((line) => line.split(', ')),
);
/** Units are written alike. */
const UNITS = /\b(px|min|h|s)\b|<\w+>|Engage|[^\p{L}]/gu;

const GIVEN = [
  ['<first>', '<second>', '<third>'],
  [600_007, 7, 9],
  [1, 1, 1],
  ['<first>', 7, 9],
  [7, '<second>', 9],
];
const filledIn = (words: string, given: readonly unknown[]) =>
  given.filter((value) => typeof value === 'string' && words.includes(value));

describe.each([
  ['console', en, de],
  ['widget', widgetEn, widgetDe],
])('the catalogues of the %s', (_name, english: object, german: object) => {
  const inGerman = new Map(leaves(german));
  const inEnglish = leaves(english);

  it('hold the same texts', () => {
    expect(inEnglish.map(([key]) => key).filter((key) => !inGerman.has(key))).toEqual([]);
  });

  it('say nothing in English twice', () => {
    const twice = inEnglish.filter(([key, text]) => {
      const [one, other] = [said(text, GIVEN[0] ?? []), said(inGerman.get(key) ?? '', GIVEN[0] ?? [])];
      return (
        one !== null &&
        one === other &&
        one.replace(UNITS, '') !== '' &&
        !SAME.has(one.replace(/<\w+>/g, '').trim())
      );
    });
    expect(twice.map(([key, text]) => `${key}: ${said(text, GIVEN[0] ?? []) ?? ''}`)).toEqual([]);
  });

  it('leave nothing empty', () => {
    const empty = inEnglish.filter(([, text]) => text !== '' && said(text, GIVEN[0] ?? [])?.trim() === '');
    expect(empty.map(([key]) => key).filter((key) => !key.startsWith('states.'))).toEqual([]);
    const unsaid = inEnglish.filter(([key, text]) => text !== '' && inGerman.get(key) === '');
    expect(unsaid.map(([key]) => key)).toEqual([]);
  });

  it.each(inEnglish.filter(([, text]) => typeof text === 'function'))('fill in the same: %s', (key, text) => {
    for (const given of GIVEN) {
      const [one, other] = [said(text, given), said(inGerman.get(key) ?? '', given)];
      if (one !== null && other !== null) expect(filledIn(other, given)).toEqual(filledIn(one, given));
    }
  });
});

const ROOT = join(import.meta.dirname, '../../..');
const SPOKEN = new Set([
  'aria-label',
  'title',
  'placeholder',
  'alt',
  'label',
  'hint',
  'lead',
  'aria-description',
]);
/** Two letters in a row, unless they are an address: that is the same in every language. */
const isWords = (text: string) => /\p{L}{2}/u.test(text) && !/^\w+:\/\/|@|^[\w-]+(\.[\w-]+)+$/.test(text);

function screens(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => join(folder, file));
}

/** Words between tags, in what names a thing, and as the last choice of an expression between tags. */
function wordsIn(file: string): string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(ROOT, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: string[] = [];
  const literals = (node: ts.Node): void => {
    if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)) return;
    if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].forEach(literals);
    if (ts.isBinaryExpression(node)) return literals(node.right);
    if (ts.isParenthesizedExpression(node)) return literals(node.expression);
    if (ts.isStringLiteralLike(node) && isWords(node.text)) found.push(node.text);
    if (ts.isTemplateExpression(node)) {
      const parts = [node.head, ...node.templateSpans.map((span) => span.literal)];
      found.push(...parts.map((part) => part.text).filter(isWords));
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && isWords(node.text)) found.push(node.text.trim());
    const isShown = ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent);
    if (isShown && node.expression) literals(node.expression);
    if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText()) && node.initializer) {
      const value = node.initializer;
      literals(ts.isJsxExpression(value) && value.expression ? value.expression : value);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('the words on the screens', () => {
  it.each([...screens('agent_console/src'), ...screens('widgets/chat/src')])(
    '%s takes them from the catalogues',
    (file) => {
      expect(wordsIn(file)).toEqual([]);
    },
  );
});
