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
  // As an installation builds it: under jest's own NODE_ENV packages would hand out what they keep for development.
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync('npm', ['run', '--silent', 'build:web'], { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
};
