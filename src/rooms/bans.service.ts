import { Inject, Injectable, Optional } from '@nestjs/common';
import { Sessions } from '../auth/sessions.service';
import { Refusal } from '../contract/refusals';
import type { UserId } from '../contract/terms';
import { AuditStore, type Actor } from '../store/audit.store';
import { RoomStore } from '../store/room.store';
import { UserStore } from '../store/user.store';
import { RoomService } from './room.service';

/** Shuts people out, and lets them in again. Nobody is told who did it; the audit log knows. */
@Injectable()
export class Bans {
  constructor(
    private readonly users: UserStore,
    private readonly rooms: RoomStore,
    private readonly service: RoomService,
    private readonly audit: AuditStore,
    /** Of this process; absent where nobody is signed in, as on the command line. */
    @Optional() @Inject(Sessions) private readonly sessions?: Sessions,
  ) {}

  /**
   * Bans somebody: what he asks from now on is refused and his sockets are closed, here at once and in other
   * processes within 5 s; his seats are freed or forfeited. Again it makes sure of the same. False: he was banned already.
   *
   * @throws {Refusal} auth.forbidden for oneself, user.last-admin
   */
  async ban(userId: UserId, actor: Actor, reason: string | null = null): Promise<boolean> {
    if (actor.id === userId) throw new Refusal('auth.forbidden');
    const changed = await this.change('ban', userId, actor, { reason });
    await this.sessions?.endBanned(userId);
    for (const roomId of await this.rooms.openTo(userId)) await this.service.dispatch(roomId, { do: 'ban', userId });
    return changed;
  }

  /** False: he was not banned. What he lost by the ban stays lost. */
  unban(userId: UserId, actor: Actor): Promise<boolean> {
    return this.change('unban', userId, actor, {});
  }

  /** Takes from those who are banned the seats they still have: such as a process gave them that did not know yet. */
  async enforce(): Promise<void> {
    for (const { roomId, userId } of await this.rooms.seatsOfBanned())
      await this.service.dispatch(roomId, { do: 'ban', userId });
  }

  private change(how: 'ban' | 'unban', userId: UserId, actor: Actor, detail: object): Promise<boolean> {
    return this.users.change(async (tx) => {
      if (how === 'ban' && actor.id !== 'cli') await this.users.keepAnAdmin(tx, userId);
      const changed = await this.users[how](tx, userId);
      if (changed) await this.audit.note(tx, actor, { action: `user.${how}`, subject: userId, detail });
      return changed;
    });
  }
}
