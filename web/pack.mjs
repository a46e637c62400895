import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/* Packs what the build has made, once, so that the server only hands it out. */

const folder = join(import.meta.dirname, 'dist', 'assets');
const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
const files = () => readdirSync(folder);

// Every browser we serve reads the first format of a font; the others only make the style sheet longer.
const OTHER_FORMATS = /,\s*url\([^)]+\.(?:woff|ttf)\)\s*format\(["']?\w+["']?\)/g;
for (const name of files().filter((one) => one.endsWith('.css'))) {
  const path = join(folder, name);
  writeFileSync(path, readFileSync(path, 'utf8').replace(OTHER_FORMATS, ''));
}
for (const name of files().filter((one) => /\.(woff|ttf)$/.test(one))) rmSync(join(folder, name));

for (const name of files().filter((one) => /\.(js|css|svg)$/.test(one))) {
  const content = readFileSync(join(folder, name));
  writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content, best));
  writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }));
}
