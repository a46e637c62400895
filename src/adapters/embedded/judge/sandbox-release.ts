import { COMPILERS, compileSandbox, PREBUILT, sourceHash } from './sandbox-build';
import { placesOf } from './toolchain';

/* Builds the sandbox for hosts without a compiler, of this architecture: `npm run build:sandbox`, after `npm run build`. */

async function release(): Promise<void> {
  const [compiler] = placesOf(COMPILERS);
  if (!compiler) throw new Error('The sandbox is built with a C compiler, and there is none.');
  await compileSandbox(compiler, ['-Werror', '-static'], await sourceHash(), PREBUILT);
  process.stdout.write(`${PREBUILT}\n`);
}

void release();
