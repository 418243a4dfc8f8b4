import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The server renders /console/ itself and takes the entry "index.html" from manifest.json;
// everything is a file of its own because the page's CSP allows no inline script or style.
export default defineConfig({
  root: import.meta.dirname,
  base: '/static/console/',
  plugins: [react()],
  build: {
    outDir: '../engage/static/console',
    emptyOutDir: true,
    manifest: 'manifest.json',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    // The tokens use light-dark() as it is.
    cssTarget: ['chrome123', 'safari17.5', 'firefox120'],
  },
  server: {
    proxy: {
      '/api': 'http://127.0.0.1:8000',
      '/socket.io': { target: 'ws://127.0.0.1:8000', ws: true },
    },
  },
});
