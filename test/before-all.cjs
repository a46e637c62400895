/* Once before all tests: the browser app, and a folder for what suites share. */
const { execFileSync } = require('node:child_process');
const { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const root = join(__dirname, '..');

const newest = (folder) =>
  Math.max(
    ...readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => !path.startsWith('dist'))
      .map((path) => statSync(join(root, folder, path)).mtimeMs),
  );

/** Builds the browser app when its sources are newer than what was built of them. */
function buildWeb() {
  const built = join(root, 'web/dist/.vite/manifest.json');
  const sources = Math.max(...['web', 'src/contract', 'src/core'].map(newest));
  if (existsSync(built) && statSync(built).mtimeMs > sources) return;
  // As an installation builds it: under jest's own NODE_ENV packages would hand out what they keep for development.
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync('npm', ['run', '--silent', 'build:web'], { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** For support/prepared.ts; empty, and gone with this run. */
function makeShared() {
  const folder = mkdtempSync(join(tmpdir(), 'joust-shared-'));
  chmodSync(folder, 0o711); // programs of other users walk through it to their box
  process.env.JOUST_TEST_SHARED = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}

module.exports = () => {
  buildWeb();
  makeShared();
};
