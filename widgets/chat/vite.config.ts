import { rmSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

const outDir = new URL('../../engage/static/widget/', import.meta.url).pathname;

/** The loader builds into the same folder, so only our own part of it is emptied. */
const emptyAssets: Plugin = {
  name: 'empty-assets',
  apply: 'build',
  buildStart: () => rmSync(`${outDir}assets`, { recursive: true, force: true }),
};

export default defineConfig({
  base: '/static/widget/',
  plugins: [emptyAssets],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir,
    emptyOutDir: false,
    manifest: 'manifest.json',
    target: 'es2022',
    // The frame page's policy has no data: fonts or scripts; everything stays a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: 'src/main.tsx' },
  },
});
