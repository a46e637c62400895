// Writes every problem's secret tests anew:   node problems/generate.mjs [slug …]
// Inputs come from <slug>/generator.mjs, answers from <slug>/solutions/accepted.cpp; where a program must talk for them
// they are empty.
// With --verify nothing is written: the inputs are made in memory and compared with the files, and all inputs, samples
// too, are held against what the statement promises of them.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Input } from './_lib/input.mjs';
import { randomFrom } from './_lib/random.mjs';

const root = dirname(fileURLToPath(import.meta.url));

export function slugs() {
  return readdirSync(root)
    .filter((name) => existsSync(join(root, name, 'problem.json')))
    .sort();
}

/** The secret inputs of a problem by file name, in order. Each test has a seed of its own. */
async function inputsOf(slug) {
  const { tests } = await import(pathToFileURL(join(root, slug, 'generator.mjs')).href);
  return new Map(
    tests.map((test, index) => {
      const name = String(index + 1).padStart(2, '0');
      return [`${name}.in`, test(randomFrom(`${slug}/${name}`))];
    }),
  );
}

/** Which inputs, samples or secret, break the promises of the statement, in words. */
async function invalid(slug) {
  const { validate } = await import(pathToFileURL(join(root, slug, 'generator.mjs')).href);
  return ['samples', 'secret'].flatMap((folder) =>
    readdirSync(join(root, slug, folder))
      .filter((name) => name.endsWith('.in'))
      .flatMap((name) => {
        try {
          validate(new Input(readFileSync(join(root, slug, folder, name), 'utf8')));
          return [];
        } catch (error) {
          return [`${slug}/${folder}/${name}, ${error.message}`];
        }
      }),
  );
}

/** What differs between the generated inputs and the files, in words. */
async function differences(slug) {
  const secret = join(root, slug, 'secret');
  const inputs = await inputsOf(slug);
  const stray = readdirSync(secret).filter((name) => name.endsWith('.in') && !inputs.has(name));
  const changed = [...inputs].filter(
    ([name, input]) => !existsSync(join(secret, name)) || !readFileSync(join(secret, name)).equals(Buffer.from(input)),
  );
  return [
    ...stray.map((name) => `${slug}/secret/${name} is made by no generator`),
    ...changed.map(([name]) => `${slug}/secret/${name} is not what its generator makes`),
  ];
}

async function rewrite(slug) {
  const secret = join(root, slug, 'secret');
  const work = mkdtempSync(join(tmpdir(), 'problem-'));
  try {
    const program = join(work, 'accepted');
    execFileSync('g++', ['-O2', '-std=c++17', '-o', program, join(root, slug, 'solutions', 'accepted.cpp')]);
    const inputs = await inputsOf(slug);
    const { checker } = JSON.parse(readFileSync(join(root, slug, 'problem.json'), 'utf8'));
    rmSync(secret, { recursive: true, force: true });
    mkdirSync(secret);
    for (const [name, input] of inputs) {
      writeFileSync(join(secret, name), input);
      const answer = checker.kind === 'interactive' ? '' : execFileSync(program, { input, maxBuffer: 1 << 26 });
      writeFileSync(join(secret, name.replace(/in$/, 'ans')), answer);
    }
    console.log(`${slug}: ${inputs.size} tests`);
  } finally {
    rmSync(work, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  const wanted = named.length > 0 ? named : slugs();
  if (process.argv.includes('--verify')) {
    const found = (await Promise.all(wanted.flatMap((slug) => [differences(slug), invalid(slug)]))).flat();
    for (const line of found) console.error(line);
    process.exitCode = found.length > 0 ? 1 : 0;
  } else {
    for (const slug of wanted) await rewrite(slug);
  }
}
