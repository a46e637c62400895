import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Happening } from '../contract/events';
import { Refusal } from '../contract/refusals';
import type { OpenRoom } from '../contract/requests';
import { SettingsShape, type Settings } from '../contract/shapes';
import type { RoomId, UserId } from '../contract/terms';
import { decide, open } from '../core/decide';
import type { Room } from '../core/room';
import { newId, newPassword, newRoomCode } from '../new-id';
import { violated } from '../store/constraints';
import { ProblemStore } from '../store/problem.store';
import { RoomStore, type Change } from '../store/room.store';
import type { UserRow } from '../store/tables/people';
import { Languages } from './languages';
import { hashPassword } from './passwords';
import { RoomService } from './room.service';

type Asked = z.infer<typeof OpenRoom>;

/** Opens rooms: a host's own, and the next one after a rematch is agreed. */
@Injectable()
export class OpeningService {
  constructor(
    private readonly store: RoomStore,
    private readonly rooms: RoomService,
    private readonly problems: ProblemStore,
    private readonly languages: Languages,
  ) {}

  /**
   * Opens a room. Without a word about a password one is made; it is told here and never again.
   *
   * @throws {Refusal} problem.not-found, language.unknown, player.already-in-a-room
   */
  async open(host: UserRow, address: string, asked: Asked): Promise<{ roomId: RoomId; password: string | null }> {
    const { password = newPassword(), ...given } = asked?.settings ?? {};
    const settings = SettingsShape.parse(given);
    await this.checkChoices(settings, host.id);
    const passwordHash = password === null ? null : await hashPassword(password, address);
    const person = { userId: host.id, name: host.name, guest: host.guest };
    const roomId = await this.withNewCode(async (id, code) => {
      const happenings = open(person, { code, settings, locked: password !== null });
      this.rooms.announce(await this.store.open({ id, passwordHash, happenings }));
    });
    return { roomId, password };
  }

  /** Answers a rematch. An agreed one opens the next room, with both players in it, in the same transaction. */
  async rematch(by: UserId, roomId: RoomId, answer: 'offer' | 'withdraw' | 'accept' | 'decline'): Promise<void> {
    await this.withNewCode(async (nextRoomId, code) => {
      const events = await this.store.change(roomId, ({ room, standing, passwordHash }, now): Change => {
        const happenings = decide(room, standing, { do: 'rematch', by, answer, nextRoomId }, now);
        const agreed = happenings.some(({ type }) => type === 'rematch.accepted');
        if (!agreed) return { happenings };
        const next = { id: nextRoomId, passwordHash, happenings: reopened(room, code) };
        return { happenings, alongside: (tx) => this.store.open(next, tx) };
      });
      this.rooms.announce(events);
    });
  }

  private async checkChoices({ problems, languages }: Settings, host: UserId): Promise<void> {
    if ((await this.problems.pick(problems, [host])).length === 0) throw new Refusal('problem.not-found');
    if (languages === null) return;
    await this.languages.check(...languages);
  }

  /** Two rooms get the same code once in a trillion; then one of them draws again. */
  private async withNewCode(work: (id: RoomId, code: string) => Promise<void>): Promise<RoomId> {
    const id = newId('room');
    try {
      await work(id, newRoomCode());
      return id;
    } catch (error) {
      if (violated(error) === 'rooms_code') return this.withNewCode(work);
      throw error;
    }
  }
}

/** The same again with fresh problems: those who were named before are known by now. */
function reopened({ settings, players, hostId, locked }: Room, code: string): Happening[] {
  const problems = 'count' in settings.problems ? settings.problems : { count: settings.problems.length };
  const host = players.find(({ userId }) => userId === hostId) ?? { userId: hostId, name: '', guest: false };
  const { userId, name, guest } = host;
  const next = { code, settings: SettingsShape.parse({ ...settings, problems }), locked };
  const opened = open({ userId, name, guest }, next);
  const seats = settings.hostPlays ? ([2] as const) : ([1, 2] as const);
  const others = players.filter((player) => !settings.hostPlays || player.userId !== hostId);
  const joined = others.map((player, index): Happening => {
    const person = { userId: player.userId, name: player.name, guest: player.guest };
    return { type: 'player.joined', data: { ...person, seat: seats[index]! } };
  });
  return [...opened, ...joined];
}
