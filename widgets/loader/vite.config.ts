import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    outDir: '../../engage/static/widget',
    // The chat app builds into the same folder.
    emptyOutDir: false,
    target: 'es2020',
    lib: { entry: 'src/widget.ts', formats: ['iife'], name: 'EngageLoader', fileName: () => 'widget.js' },
  },
});
