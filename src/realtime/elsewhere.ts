import type { Instant, RoomId, UserId } from '../contract/terms';
import type { Attendance } from '../ports';

/** A process says every few seconds who is there; one that has been silent for so long has nobody any more. */
const SILENT_MS = 15_000;

interface Process {
  heardAt: Instant;
  present: Map<RoomId, readonly UserId[]>;
}

/** Who follows rooms through other processes, as far as they have said. */
export class Elsewhere {
  private readonly processes = new Map<string, Process>();

  /** Notes what a process says. Returns the rooms it has news of. */
  hear({ process, present, whole }: Attendance, now: Instant): RoomId[] {
    const said = new Map(Object.entries(present) as [RoomId, readonly UserId[]][]);
    const known = this.processes.get(process);
    const before = whole || !known ? new Map<RoomId, readonly UserId[]>() : known.present;
    const news = new Set([...said.keys(), ...(whole && known ? known.present.keys() : [])]);
    for (const [roomId, people] of said) {
      if (people.length > 0) before.set(roomId, people);
      else before.delete(roomId);
    }
    this.processes.set(process, { heardAt: now, present: before });
    return [...news];
  }

  /** Forgets processes that have fallen silent. Returns the rooms in which they had somebody. */
  expire(now: Instant): RoomId[] {
    const silent = [...this.processes].filter(([, { heardAt }]) => now - heardAt >= SILENT_MS);
    for (const [process] of silent) this.processes.delete(process);
    return silent.flatMap(([, { present }]) => [...present.keys()]);
  }

  peopleIn(roomId: RoomId): Set<UserId> {
    return new Set([...this.processes.values()].flatMap(({ present }) => present.get(roomId) ?? []));
  }
}
