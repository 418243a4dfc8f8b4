import { formWords } from '@engage/client';
import { describe, expect, test } from 'vitest';
import { askedAfter, labelOf, newField, ofKind, toEdit, toStore, withChoice } from './pre_chat';

describe('a choice', () => {
  const asked = ofKind(newField([]), 'choice');

  test('keeps its value whatever its words become, and a new one gets a value of its own', () => {
    const [first, second] = asked.choices;

    expect(withChoice([second!]).map(({ value }) => value)).toEqual(['choice_2', 'choice_3']);
    expect(first?.value).toBe('choice_1');
  });

  test('must stay while another question waits for it', () => {
    const waiting = { ...newField([asked]), show_when: { field: asked.key, value: 'choice_2' } };

    expect(askedAfter([waiting], asked.key, 'choice_2')).toBe(waiting);
    expect(askedAfter([waiting], asked.key, 'choice_1')).toBeUndefined();
  });

  test('that was stored as a plain word has it as its label', () => {
    const old = { ...asked, choices: [{ value: 'Big', labels: {} }] };

    expect(toEdit(old, 'en').choices).toEqual([{ value: 'Big', labels: { en: 'Big' } }]);
  });

  test('without words is not stored, nor is an empty language', () => {
    const edited: typeof asked = {
      ...asked,
      choices: [
        { value: 'a', labels: { en: ' Big ', de: ' ' } },
        { value: 'b', labels: { en: '' } },
      ],
    };

    expect(toStore(edited).choices).toEqual([{ value: 'a', labels: { en: 'Big' } }]);
    expect(labelOf({ labels: { en: 'Big', de: '' } }, ['de', 'en'])).toBe('Big');
  });
});

test('an answer is read in the reader’s language, an old one as it was stored', () => {
  const field = {
    key: 'size',
    label: 'Size',
    value: 'a',
    labels: { de: 'Größe' },
    answer: 'Big',
    answers: { de: 'Groß' },
  };

  expect(formWords(field, 'de-AT')).toEqual({ label: 'Größe', answer: 'Groß' });
  expect(formWords(field, 'fr')).toEqual({ label: 'Size', answer: 'Big' });
  expect(formWords({ ...field, labels: {}, answer: null, answers: {} }, 'de')).toEqual({
    label: 'Size',
    answer: 'a',
  });
});
