import { rmSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

const outDir = new URL('../../engage/static/widget/', import.meta.url).pathname;

/** The loader builds into the same folder, so only our own part of it is emptied. */
const emptyAssets: Plugin = {
  name: 'empty-assets',
  apply: 'build',
  buildStart: () => rmSync(`${outDir}assets`, { recursive: true, force: true }),
};

/** Parts of Socket.IO for what never travels here, bytes, and a transport that is not asked for. */
const UNUSED: Record<string, string> = {
  'engine.io-parser/build/esm/contrib/base64-arraybuffer.js': 'export const decode = null;',
  'engine.io-parser/build/esm/encodePacket.browser.js': `
    import { PACKET_TYPES } from './commons.js';
    export const encodePacket = ({ type, data }, _binary, send) => send(PACKET_TYPES[type] + (data || ''));
    export const encodePacketToBinary = null;`,
  'engine.io-parser/build/esm/decodePacket.browser.js': `
    import { ERROR_PACKET, PACKET_TYPES_REVERSE } from './commons.js';
    export const decodePacket = (text) => {
      const type = PACKET_TYPES_REVERSE[text[0]];
      return type ? { type, data: text.slice(1) } : ERROR_PACKET;
    };`,
  'engine.io-client/build/esm/transports/webtransport.js': 'export class WT {}',
};

const withoutUnused: Plugin = {
  name: 'without-unused',
  load: (id) => Object.entries(UNUSED).find(([path]) => id.endsWith(path))?.[1],
};

export default defineConfig({
  base: '/static/widget/',
  plugins: [emptyAssets, withoutUnused],
  resolve: { alias: { 'socket.io-parser': new URL('src/engine/packets.ts', import.meta.url).pathname } },
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
