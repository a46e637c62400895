import { Away, Refused } from '../../core/api';
import type { Visit } from '../../core/visit';
import { complain } from '../parts/button';

const AGAIN_MS = 1_000;

/** Gets the statements, and asks again while the server is away. */
export function openDesk({ desk, store }: Visit): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const open = async () => {
    try {
      await desk.open(store.room.peek().settings.languages);
    } catch (error) {
      const isPassing = error instanceof Away || (error instanceof Refused && error.status >= 429);
      if (isPassing) timer = setTimeout(() => void open(), AGAIN_MS);
      else complain(error);
    }
  };
  if (desk.problems.peek() === null) void open();
  return () => clearTimeout(timer);
}
