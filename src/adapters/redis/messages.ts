import { EVENTS } from '../../contract/events';
import type { RoomEvent } from '../../contract/events';
import type { RoomId } from '../../contract/terms';
import type { Attendance, PersonalNotice } from '../../ports';

/*
 * What comes over the network is unknown until it has passed one of these. They know our messages from
 * those of other programs and versions, cheaply, for there may be many a second; whoever may write to
 * our Redis is trusted to mean what he says.
 */

type Fields = Readonly<Record<string, unknown>>;
const isFields = (given: unknown): given is Fields =>
  typeof given === 'object' && given !== null && !Array.isArray(given);
const isCount = (given: unknown): boolean => Number.isSafeInteger(given) && (given as number) >= 0;

export const isEventOf = (roomId: RoomId, given: unknown): given is RoomEvent =>
  isFields(given) &&
  given['roomId'] === roomId &&
  isCount(given['seq']) &&
  isCount(given['at']) &&
  typeof given['type'] === 'string' &&
  Object.hasOwn(EVENTS, given['type']) &&
  isFields(given['data']);

export function isNotice(given: unknown): given is PersonalNotice {
  if (!isFields(given)) return false;
  if (given['name'] === 'trial:done') return isFields(given['trial']);
  const { name, submissionId, done, of } = given;
  return name === 'submission:progress' && typeof submissionId === 'string' && isCount(done) && isCount(of);
}

export const isAttendance = (given: unknown): given is Attendance =>
  isFields(given) &&
  typeof given['process'] === 'string' &&
  typeof given['whole'] === 'boolean' &&
  isFields(given['present']) &&
  Object.values(given['present']).every(
    (people) => Array.isArray(people) && people.every((one) => typeof one === 'string'),
  );

/** What a text holds, or undefined where it is not JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
