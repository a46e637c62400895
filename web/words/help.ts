/** The keys of the room, and what each does. Every one of them is a button, too. */
export const KEYS: readonly (readonly [keys: readonly (readonly string[])[], does: string, between?: string])[] = [
  [[['Ctrl', 'Enter'], ['F9']], 'Run the program on the samples, or on your own input'],
  [[['Ctrl', 'Shift', 'Enter'], ['F10']], 'Submit'],
  [
    [
      ['Alt', 'Page Up'],
      ['Alt', 'Page Down'],
    ],
    'The problem before, the next problem',
  ],
  [[['F6']], 'From one part of the page to the next'],
  [[['Escape'], ['Tab']], 'Leave the editor', 'then'],
  [[['Ctrl', 'S']], 'Keep the draft at once; it is kept as you type anyway'],
  [[['F1']], 'This page'],
];

/** What the server does with a verdict, where its name does not say it. */
export const VERDICT_MEANS = {
  AC: 'Every test passed: the problem is solved.',
  WA: 'On some test the output was not what was asked for.',
  TLE: 'It took longer than the problem allows. Waiting counts as well.',
  MLE: 'It needed more memory than the problem allows.',
  OLE: 'It printed far more than any answer could need.',
  RTE: 'It crashed, or ended with an exit code that is not zero.',
  CE: 'It did not compile. The compiler’s words are shown to you alone.',
  JE: 'The judge failed, not you. The submission waits and is judged again.',
} as const;
