/* Builds the browser app before the tests when its sources are newer than what was built of them. */
const { execFileSync } = require('node:child_process');
const { existsSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');

const newest = (folder) =>
  Math.max(
    ...readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => !path.startsWith('dist'))
      .map((path) => statSync(join(root, folder, path)).mtimeMs),
  );

module.exports = () => {
  const built = join(root, 'web/dist/.vite/manifest.json');
  const sources = Math.max(...['web', 'src/contract', 'src/core'].map(newest));
  if (existsSync(built) && statSync(built).mtimeMs > sources) return;
  execFileSync('npm', ['run', '--silent', 'build:web'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
};
