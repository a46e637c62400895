import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PYTHON_START } from '../../src/adapters/embedded/judge/python-start';
import { temporaryFolder } from '../support/child-server';

const PYTHON = '/usr/bin/python3';
const LINES = (...lines: readonly string[]) => lines.join('\n');

const PROGRAMS: Readonly<Record<string, string | Buffer>> = {
  'leaves by exit': 'exit(3)',
  'leaves by quit, with a word': 'quit("bye")',
  'leaves by SystemExit in a function': LINES('def f():', '  raise SystemExit("x")', 'f()'),
  'is no Python': LINES('def f(:', '  pass'),
  'is indented wrongly': LINES('if 1:', 'print(1)'),
  'fails in a function': LINES('def f(n):', '  return 1 // n', 'f(0)'),
  'fails while it handles a failure': LINES(
    'try:',
    '  int("x")',
    'except ValueError as e:',
    '  raise KeyError(1) from e',
  ),
  'fails several times at once': 'raise ExceptionGroup("all", [ValueError(1), KeyError(2)])',
  'fails in a thread': LINES(
    ...['import threading', 'def f(): 1 / 0', 't = threading.Thread(target=f)', 't.start()', 't.join()'],
  ),
  'fails in what it makes up': 'exec("1 / 0")',
  'reads beyond the end': 'input()',
  'uses what it has not imported': 'sys.stdin.read()',
  'asks for more memory than there is': 'x = bytearray(10 ** 15)',
  'recurses as deep as it may': LINES(
    ...['def f(n):', '  return 0 if n == 0 else 1 + f(n - 1)', 'for n in range(900, 1100):', '  try:', '    f(n)'],
    ...['  except RecursionError:', '    print(n)', '    break'],
  ),
  'recurses too deep': LINES('def f(n):', '  return f(n + 1)', 'f(0)'),
  'looks at where it is': LINES(
    'import sys, __main__',
    'print(__name__, __file__, sys.argv, __main__.__file__, __spec__)',
  ),
  'looks at its names': 'print(sorted(name for name in globals() if name != "__cached__"))',
  'has a docstring and annotations': LINES('"""What it does."""', 'x: int = 1', 'print(__doc__, __annotations__)'),
  'comes from the future': LINES('from __future__ import annotations', 'print(1)'),
  'is in Latin-1': Buffer.from(LINES('# -*- coding: latin-1 -*-', 'print("\u00e9")'), 'latin1'),
  'begins with a byte order mark': '\ufeffprint(1)',
  'reads its own source': LINES('import inspect', 'def f():', '  return 1', 'print(inspect.getsource(f))'),
  'makes classes': LINES(
    ...['import pickle', 'from dataclasses import dataclass', '@dataclass', 'class P:', '  x: int'],
    ...['print(P(1), pickle.loads(pickle.dumps(P(2))))'],
  ),
  'is warned': LINES('x = 1 is 1', 'import warnings', 'warnings.warn("x")'),
  'does something at its end': LINES('import atexit', 'atexit.register(print, "bye")', '1 / 0'),
  'knows what helps': 'print(type(help).__name__, exit, quit)',
};

describe('a Python program behind our start', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  const run = (words: readonly string[], file: string) => {
    const { status, stdout, stderr } = spawnSync(PYTHON, [...words, file], { input: '', encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  it.each(Object.entries(PROGRAMS))('that %s does and prints what it would without', (_, source) => {
    const file = join(folder.path, 'main.py');
    writeFileSync(file, source);
    expect(run(['-I', '-S', '-B', '-c', PYTHON_START], file)).toEqual(run(['-I', '-B'], file));
  });

  it('finds what is installed where it would without', () => {
    const file = join(folder.path, 'path.py');
    writeFileSync(file, 'import os, sys; print([path for path in sys.path if os.path.isdir(path)])');
    expect(run(['-I', '-S', '-B', '-c', PYTHON_START], file)).toEqual(run(['-I', '-B'], file));
  });
});
