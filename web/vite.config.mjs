import { defineConfig } from 'vite';

const EDITOR =
  /node_modules\/(@codemirror\/(state|view|language|commands|autocomplete)|@lezer\/(common|lr|highlight))\//;

/** Built without plugins. What a page loads is a file of its own: the content policy allows no inline script or style. */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: ['chrome123', 'firefox121', 'safari17.5'],
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    manifest: true,
    // What every language needs comes with the editor, not after it.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'codemirror', test: EDITOR }] } } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000', '/ws': { target: 'http://127.0.0.1:3000', ws: true } } },
});
