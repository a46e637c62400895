import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { May, Me } from '../auth/user.guard';
import { EventsQuery, JoinRoom, OpenRoom } from '../contract/requests';
import type { RoomId } from '../contract/terms';
import { Refusal } from '../contract/refusals';
import { phaseOf } from '../core/room';
import { eventFor, boardFor, roomFor } from '../core/view';
import { Address } from '../http/address';
import { Limits } from '../http/limits';
import { KnownRoom, Shape } from '../http/shape.pipe';
import { Clock } from '../ports';
import { describe } from '../problems/description';
import { ProblemStore } from '../store/problem.store';
import { RoomStore } from '../store/room.store';
import type { UserRow } from '../store/tables/people';
import { JoiningService } from './joining.service';
import { OpeningService } from './opening.service';
import { RoomService } from './room.service';

/** Of a log in one answer. */
const MOST_EVENTS = 10_000;
/** So many more count as one request more of their reader: a long log is dear to read. */
const EVENTS_PER_REQUEST = 50;

@May('room.see')
@Controller('api/rooms')
export class RoomsController {
  constructor(
    private readonly opening: OpeningService,
    private readonly joining: JoiningService,
    private readonly rooms: RoomService,
    private readonly store: RoomStore,
    private readonly problems: ProblemStore,
    private readonly limits: Limits,
    private readonly clock: Clock,
  ) {}

  @May('room.open')
  @Post()
  @HttpCode(201)
  async open(
    @Me() user: UserRow,
    @Address() address: string,
    @Body(new Shape(OpenRoom)) body: z.infer<typeof OpenRoom>,
  ) {
    await this.limits.spend('open-room', user.id);
    const { roomId, password } = await this.opening.open(user, address, body);
    return { ...(await this.snapshot(user, roomId)), ...(password !== null && { password }) };
  }

  @May('room.join')
  @Post('join')
  @HttpCode(200)
  async join(
    @Me() user: UserRow,
    @Address() address: string,
    @Body(new Shape(JoinRoom)) body: z.infer<typeof JoinRoom>,
  ) {
    await this.limits.spend('join', user.id);
    const roomId = await this.joining.join(user, address, body);
    // Without the time of day: joining twice is the same answer.
    const { room, seq } = await this.snapshot(user, roomId);
    return { room, seq };
  }

  @Get(':roomId')
  async snapshot(@Me() user: UserRow, @Param('roomId', KnownRoom) roomId: RoomId) {
    const { room, audience } = await this.rooms.seenBy(user, roomId);
    return { room: roomFor(room, audience), seq: room.seq, serverNow: this.clock.now() };
  }

  @Get(':roomId/leaderboard')
  async leaderboard(@Me() user: UserRow, @Param('roomId', KnownRoom) roomId: RoomId) {
    const { room, audience } = await this.rooms.seenBy(user, roomId);
    return boardFor(room, audience, this.clock.now());
  }

  @Get(':roomId/events')
  async events(
    @Me() user: UserRow,
    @Param('roomId', KnownRoom) roomId: RoomId,
    @Query(new Shape(EventsQuery)) { after }: z.infer<typeof EventsQuery>,
  ) {
    const { room, audience } = await this.rooms.seenBy(user, roomId);
    const asked = Math.min(Math.max(room.seq - after, 0), MOST_EVENTS);
    if (asked >= EVENTS_PER_REQUEST)
      await this.limits.spend('request', user.id, Math.floor(asked / EVENTS_PER_REQUEST));
    const events = (await this.store.eventsAfter(roomId, after, MOST_EVENTS)).filter(({ seq }) => seq <= room.seq);
    // Of a very long log only a beginning is sent; then `seq` is where to go on.
    return { events: events.map((event) => eventFor(room, audience, event)), seq: events.at(-1)?.seq ?? room.seq };
  }

  /** Statements leave the server only once the countdown is over, to both players at one instant. */
  @Get(':roomId/problems')
  async statements(@Me() user: UserRow, @Param('roomId', KnownRoom) roomId: RoomId) {
    const { room } = await this.rooms.seenBy(user, roomId);
    if (room.startedAt === null)
      throw new Refusal(phaseOf(room) === 'cancelled' ? 'room.closed' : 'contest.not-running');
    const problems = await this.problems.ofRoom(roomId);
    return { problems: problems.map((one) => ({ label: one.label, ...describe(one) })) };
  }
}
