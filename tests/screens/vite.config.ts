/** Chat engine, console desk and their people in one file that Node runs. */
import { defineConfig } from 'vite';

export default defineConfig({
  root: new URL('.', import.meta.url).pathname,
  ssr: { noExternal: true },
  build: {
    ssr: 'main.ts',
    target: 'node20',
    minify: false,
    emptyOutDir: true,
    rollupOptions: { output: { entryFileNames: 'people.mjs' } },
  },
});
