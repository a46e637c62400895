import { Injectable } from '@nestjs/common';
import { Refusal } from '../contract/refusals';
import type { RoomId } from '../contract/terms';
import { phaseOf } from '../core/room';
import { Limits } from '../http/limits';
import { readRoomCode } from '../new-id';
import type { LoadedRoom } from '../store/room.rows';
import { RoomStore } from '../store/room.store';
import type { UserRow } from '../store/tables/people';
import { isPassword } from './passwords';
import { RoomService } from './room.service';

interface Joining {
  readonly code: string;
  readonly password?: string | undefined;
  readonly as: 'player' | 'spectator';
}

@Injectable()
export class JoiningService {
  constructor(
    private readonly store: RoomStore,
    private readonly rooms: RoomService,
    private readonly limits: Limits,
  ) {}

  /**
   * Lets somebody in by code and password. Whoever is in already is answered as the first time.
   *
   * @throws {Refusal} as the contract says of joining; codes that do not exist count as wrong passwords do.
   */
  async join(user: UserRow, address: string, { code, password, as }: Joining): Promise<RoomId> {
    const person = { userId: user.id, name: user.name, guest: user.guest };
    await this.limits.check('wrong-password-address', address);
    const roomId = await this.store.byCode(readRoomCode(code)).catch(async (error: unknown) => {
      if (error instanceof Refusal) await this.limits.spend('wrong-password-address', address);
      throw error;
    });
    const found = await this.rooms.current(roomId);
    const { room, standing } = found;
    if (room.hostId === user.id || room.players.some(({ userId }) => userId === user.id)) return roomId;
    if (standing.kicked.has(user.id)) throw new Refusal('room.kicked');
    if (!standing.spectators.has(user.id)) await this.checkPassword(found, user, address, password);
    if (as === 'player') {
      await this.rooms.dispatch(roomId, { do: 'join', person });
    } else {
      if (phaseOf(room) === 'cancelled') throw new Refusal('room.closed');
      if (!room.settings.spectators) throw new Refusal('auth.forbidden');
      await this.store.addSpectator(room, person);
    }
    return roomId;
  }

  /** Guessing is limited per user and room, and per address; whoever knows the password is not held up by others. */
  private async checkPassword(
    { room, passwordHash }: LoadedRoom,
    user: UserRow,
    address: string,
    password: string | undefined,
  ): Promise<void> {
    if (passwordHash === null) return;
    if (password === undefined) throw new Refusal('room.wrong-password');
    const guesser = `${user.id}:${room.id}`;
    // Counted before it is looked at, or as many as come at once would be looked at.
    await this.limits.spend('wrong-password', guesser);
    await this.limits.spend('wrong-password-address', address);
    if (!(await isPassword(password, passwordHash, address))) throw new Refusal('room.wrong-password');
    await this.limits.refund('wrong-password', guesser);
    await this.limits.refund('wrong-password-address', address);
  }
}
