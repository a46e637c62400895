import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { May, Me } from '../auth/user.guard';
import { Extend, Kick, Nothing, Rematch, SetReady } from '../contract/requests';
import type { Label, RoomId } from '../contract/terms';
import { phaseOf } from '../core/room';
import { KnownRoom, Shape } from '../http/shape.pipe';
import { ProblemStore } from '../store/problem.store';
import type { LoadedRoom } from '../store/room.rows';
import { RoomStore } from '../store/room.store';
import type { UserRow } from '../store/tables/people';
import { OpeningService } from './opening.service';
import { RoomService } from './room.service';

const LABELS: readonly Label[] = Array.from('ABCDEFGHIJ');

/** What a member may do in a room. Each answers 204, the second time as the first. */
@Controller('api/rooms/:roomId')
export class MovesController {
  constructor(
    private readonly rooms: RoomService,
    private readonly opening: OpeningService,
    private readonly problems: ProblemStore,
    private readonly store: RoomStore,
  ) {}

  @May('room.ready')
  @Post('ready')
  @HttpCode(204)
  async ready(
    @Me() { id: by }: UserRow,
    @Param('roomId', KnownRoom) roomId: RoomId,
    @Body(new Shape(SetReady)) { ready }: z.infer<typeof SetReady>,
  ): Promise<void> {
    await this.rooms.dispatch(roomId, { do: 'ready', by, ready });
  }

  @May('room.start')
  @Post('start')
  @HttpCode(204)
  async start(
    @Me() { id: by }: UserRow,
    @Param('roomId', KnownRoom) roomId: RoomId,
    @Body(new Shape(Nothing)) _: unknown,
  ): Promise<void> {
    await this.rooms.dispatch(roomId, async (found, tx) => ({ do: 'start', by, picked: await this.pick(found, tx) }));
  }

  @May('room.leave')
  @Post('leave')
  @HttpCode(204)
  async leave(
    @Me() { id: by }: UserRow,
    @Param('roomId', KnownRoom) roomId: RoomId,
    @Body(new Shape(Nothing)) _: unknown,
  ): Promise<void> {
    await this.rooms.dispatch(roomId, { do: 'leave', by });
    await this.store.removeSpectator(roomId, by);
  }

  @May('room.cancel')
  @Post('cancel')
  @HttpCode(204)
  async cancel(
    @Me() { id: by }: UserRow,
    @Param('roomId', KnownRoom) roomId: RoomId,
    @Body(new Shape(Nothing)) _: unknown,
  ): Promise<void> {
    await this.rooms.dispatch(roomId, { do: 'cancel', by });
  }

  @May('room.kick')
  @Post('kick')
  @HttpCode(204)
  async kick(
    @Me() { id: by }: UserRow,
    @Param('roomId', KnownRoom) roomId: RoomId,
    @Body(new Shape(Kick)) { userId }: z.infer<typeof Kick>,
  ): Promise<void> {
    await this.rooms.dispatch(roomId, { do: 'kick', by, userId });
  }

  @May('room.resign')
  @Post('resign')
  @HttpCode(204)
  async resign(
    @Me() { id: by }: UserRow,
    @Param('roomId', KnownRoom) roomId: RoomId,
    @Body(new Shape(Nothing)) _: unknown,
  ): Promise<void> {
    await this.rooms.dispatch(roomId, { do: 'resign', by });
  }

  @May('room.end')
  @Post('end')
  @HttpCode(204)
  async end(
    @Me() { id: by }: UserRow,
    @Param('roomId', KnownRoom) roomId: RoomId,
    @Body(new Shape(Nothing)) _: unknown,
  ): Promise<void> {
    await this.rooms.dispatch(roomId, { do: 'end', by, gone: await this.rooms.gone(roomId) });
  }

  @May('room.claim')
  @Post('claim')
  @HttpCode(204)
  async claim(
    @Me() { id: by }: UserRow,
    @Param('roomId', KnownRoom) roomId: RoomId,
    @Body(new Shape(Nothing)) _: unknown,
  ): Promise<void> {
    await this.rooms.dispatch(roomId, { do: 'claim', by, gone: await this.rooms.gone(roomId) });
  }

  @May('room.extend')
  @Post('extend')
  @HttpCode(204)
  async extend(
    @Me() { id: by }: UserRow,
    @Param('roomId', KnownRoom) roomId: RoomId,
    @Body(new Shape(Extend)) { minutes }: z.infer<typeof Extend>,
  ): Promise<void> {
    await this.rooms.dispatch(roomId, { do: 'extend', by, minutes });
  }

  @May('room.reveal')
  @Post('reveal')
  @HttpCode(204)
  async reveal(
    @Me() { id: by }: UserRow,
    @Param('roomId', KnownRoom) roomId: RoomId,
    @Body(new Shape(Nothing)) _: unknown,
  ): Promise<void> {
    await this.rooms.dispatch(roomId, { do: 'reveal', by });
  }

  @May('room.rematch')
  @Post('rematch')
  @HttpCode(204)
  async rematch(
    @Me() { id: by }: UserRow,
    @Param('roomId', KnownRoom) roomId: RoomId,
    @Body(new Shape(Rematch)) { answer }: z.infer<typeof Rematch>,
  ): Promise<void> {
    await this.opening.rematch(by, roomId, answer);
  }

  /** Problems for the room, under its lock; none are drawn where there is nothing to start. */
  private async pick({ room }: LoadedRoom, tx: EntityManager): Promise<{ label: Label; slug: string }[]> {
    if (phaseOf(room) !== 'lobby') return [];
    const players = room.players.map(({ userId }) => userId);
    const slugs = await this.problems.pick(room.settings.problems, players, tx);
    return slugs.map((slug, index) => ({ label: LABELS[index]!, slug }));
  }
}
