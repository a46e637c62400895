/** What PostgreSQL says, and what to do about it. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/No space left on device|Disk quota exceeded/, 'The disk is full: free some space and start again.'],
  [/Permission denied|Operation not permitted/, 'Let the user that runs Joust read and write this folder.'],
  [
    /incompatible with server/,
    'Another version of PostgreSQL made these files: start that version of Joust, or move the folder away.',
  ],
  [
    /Cannot allocate memory|could not create shared memory/,
    'There is too little memory: end other programs and start again.',
  ],
  [/shared librar|GLIBC|not found|Exec format/, 'The bundled PostgreSQL does not run on this system.'],
];
const ALTERNATIVE = 'With DATABASE_URL set, Joust uses a PostgreSQL server of yours instead.';

/** PostgreSQL did not start. `tail` is the end of its log. */
export class StartFailure extends Error {
  constructor(
    cluster: string,
    readonly tail: string,
  ) {
    const advice = ADVICE.find(([sign]) => sign.test(tail))?.[1] ?? 'Its last words say why.';
    super(`The embedded PostgreSQL did not start in ${cluster}. ${advice} ${ALTERNATIVE}\n${tail}`);
    this.name = 'StartFailure';
  }

  /** A killed predecessor's last processes still use the files; they end by themselves. */
  get passes(): boolean {
    return /pre-existing shared memory block .* is still in use|lock file .* already exists/.test(this.tail);
  }
}
