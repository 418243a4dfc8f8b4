/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

// Lower layers know nothing of higher ones; features know nothing of each other.
const LAYERS = ['texts', 'state', 'ui', 'features', 'app'];
const ROOT = join(import.meta.dirname, '..');

const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?'(\.[^']*)'/g)].map((found) =>
    relative(ROOT, join(ROOT, file, '..', found[1] ?? '')),
  );
}

const layerOf = (path: string) => LAYERS.indexOf(path.split('/')[0] ?? '');

describe('the layers of the console', () => {
  it.each(files)('%s imports downwards', (file) => {
    for (const target of importsOf(file)) {
      expect(layerOf(target), `${file} -> ${target}`).toBeLessThanOrEqual(layerOf(file));
      const [layer, feature] = file.split('/');
      if (layer === 'features' && target.startsWith('features/')) expect(target.split('/')[1]).toBe(feature);
    }
  });

  it.each(files)('%s stays small enough to see whole', (file) => {
    expect(readFileSync(join(ROOT, file), 'utf8').split('\n').length).toBeLessThan(400);
  });
});
