import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/* What a browser loads, packed, held against what it may be. Exit 1 over budget. `npm run budget` after a build. */

const dist = join(import.meta.dirname, 'dist');
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
const KB = 1024;

/** A part of the app with all it needs at once: its scripts and its styles. */
function needs(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const one of manifest[name].imports ?? []) needs(one, seen);
  return seen;
}
const all = (...names) => new Set(names.flatMap((name) => [...needs(name)]));
const scripts = (parts) => [...parts].map((part) => manifest[part].file).filter((file) => file.endsWith('.js'));
const styles = (parts) => [...new Set([...parts].flatMap((part) => manifest[part].css ?? []))];
const packed = (files) =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0);

const part = (ending) => {
  const found = Object.keys(manifest).find((name) => name.endsWith(ending));
  if (!found) throw new Error(`The build has no ${ending}`);
  return found;
};
const without = (parts, others) => new Set([...parts].filter((one) => !others.has(one)));

const entry = needs('index.html');
const home = all('index.html', part('home/home-screen.tsx'));
const room = all('index.html', part('room/room-screen.tsx'));
const editor = without(needs(part('editor/editor.ts')), room);
const languages = ['cpp', 'python', 'javascript', 'java'].map((name) => {
  const parts = without(needs(part(`editor/languages/${name}.ts`)), new Set([...room, ...editor]));
  return [name, parts];
});
// One writes as soon as the editor is there. The grammar of a language follows, and with it the colours.
const typing = new Set([...room, ...editor]);
const colours = new Set([...typing, ...languages.find(([name]) => name === 'cpp')[1]]);
const math = Object.values(manifest).find(({ file }) => /katex.*\.css$/.test(file)).file;
const screens = Object.keys(manifest).filter((name) => name.endsWith('-screen.tsx'));
// What only the staff loads is a matter of its own.
const staff = part('admin/admin-screen.tsx');

const LINES = [
  ['first route, scripts', packed(scripts(home)), 45],
  ['room without the editor, scripts', packed(scripts(room)), 70],
  ['editor', packed(scripts(editor)), 130],
  ...languages.map(([name, parts]) => [`language ${name}`, packed(scripts(parts)), 36]),
  ['styles of all screens', packed(styles(all('index.html', ...screens.filter((name) => name !== staff)))), 12],
  [
    'pages of the staff',
    packed(scripts(without(needs(staff), home))) + packed(styles(without(needs(staff), home))),
    30,
  ],
  ['everything before typing', packed(scripts(typing)) + packed([...styles(room), math]), 175],
  ['everything in colour, C++', packed(scripts(colours)) + packed([...styles(room), math]), 200],
];

let isOver = false;
for (const [what, bytes, most] of LINES) {
  const over = bytes > most * KB;
  isOver ||= over;
  const line = [
    what.padEnd(34),
    `${(bytes / KB).toFixed(1)} KB`.padStart(9),
    `of ${most}`.padStart(7),
    over ? '  OVER' : '',
  ];
  process.stdout.write(`${line.join(' ')}\n`);
}
if (entry.size === 0 || isOver) process.exit(1);
