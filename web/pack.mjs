import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/* Packs what the build has made, once, so that the server only hands it out. */

const folder = join(import.meta.dirname, 'dist', 'assets');
const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

for (const name of readdirSync(folder).filter((one) => /\.(js|css|svg)$/.test(one))) {
  const content = readFileSync(join(folder, name));
  writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content, best));
  writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }));
}
