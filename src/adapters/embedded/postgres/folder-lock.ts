import { readlinkSync, symlinkSync, unlinkSync } from 'node:fs';
import { unless } from './errno';
import { livenessOf, thisProcess, type ProcessIdentity } from './process-identity';

/*
 * A lock is a symbolic link whose target is not a file but the owner's identity. Making a link is
 * atomic, fails when it exists, and a reader never sees half of it. A lock outlives an owner that
 * was killed; it then names a process that no longer runs, and the next taker removes it.
 */

/** The owner of a lock as far as the lock itself tells. Null: nobody holds it. */
export function holderOf(lock: string): ProcessIdentity | null {
  const mark = readMark(lock);
  return mark === null ? null : parse(mark);
}

/**
 * Takes the lock for this process, now or not at all; taken twice, it is refused the second time.
 * `dead` is an owner known to be gone although its liveness is unknown here. Of several processes
 * that find the same dead owner one wins.
 */
export function takeLock(lock: string, dead: ProcessIdentity | null = null): boolean {
  if (makeMark(lock)) return true;
  const mark = readMark(lock);
  if (mark === null) return makeMark(lock);
  const isDead = livenessOf(parse(mark)) === 'dead' || (dead !== null && mark === markOf(dead));
  if (!isDead) return false;

  // Only who holds the right to break this very mark may remove it: otherwise a slow process would
  // remove the new lock of a quick one. Whoever is killed in here leaves a lock of the same kind,
  // which is held for an instant only: one from another container was left by a kill.
  const right = `${lock}.${mark.replaceAll(/\W/g, '').slice(0, 100)}`;
  const breaker = holderOf(right);
  if (!takeLock(right, breaker !== null && livenessOf(breaker) === 'unknown' ? breaker : null)) return false;
  try {
    if (readMark(lock) === mark) unlinkSync(lock);
  } finally {
    unlinkSync(right);
  }
  return makeMark(lock);
}

/** Gives back a lock that this process took. Given back twice, nothing happens. */
export function releaseLock(lock: string): void {
  if (readMark(lock) === markOf(thisProcess())) unless(['ENOENT'], () => unlinkSync(lock));
}

function makeMark(lock: string): boolean {
  const made = unless(['EEXIST'], () => {
    symlinkSync(markOf(thisProcess()), lock);
    return true;
  });
  return made ?? false;
}

function readMark(lock: string): string | null {
  return unless(['ENOENT'], () => readlinkSync(lock));
}

function markOf({ pid, startedAt, boot, namespace }: ProcessIdentity): string {
  return [pid, startedAt, boot, namespace].join(':');
}

function parse(mark: string): ProcessIdentity {
  const [pid = '', startedAt = '', boot = '', namespace = ''] = mark.split(':');
  return { pid: Number(pid), startedAt, boot, namespace };
}
