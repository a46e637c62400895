import { join } from 'node:path';
import { defineConfig } from 'vite';

const OTHER_TRANSPORTS = /^\.\/(transports\/)?(polling-(xhr|fetch)(\.node)?|webtransport)\.js$/;
const EDITOR =
  /node_modules\/(@codemirror\/(state|view|language|commands|autocomplete)|@lezer\/(common|lr|highlight))\//;

/** Built without plugins. What a page loads is a file of its own: the content policy allows no inline script or style. */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // Of the ways to the server that Socket.IO knows, one is gone; the others would only be loaded.
  resolve: { alias: [{ find: OTHER_TRANSPORTS, replacement: join(import.meta.dirname, 'no-transport.mjs') }] },
  build: {
    target: ['chrome123', 'firefox121', 'safari17.5'],
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    assetsInlineLimit: 0,
    // Every browser of these preloads modules by itself.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
    // What every language needs comes with the editor, not after it.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'codemirror', test: EDITOR },
            { name: 'preact', test: /node_modules\/@?preact\// },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000', '/ws': { target: 'http://127.0.0.1:3000', ws: true } } },
});
