import { Clock } from '../../ports';

export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }
}
