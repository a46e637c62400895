import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { By, May } from '../auth/user.guard';
import { Announce, CloseRoom, RoomsQuery } from '../contract/admin-requests';
import { Refusal } from '../contract/refusals';
import { RoomIdShape } from '../contract/shapes';
import type { RoomId } from '../contract/terms';
import { phaseOf } from '../core/room';
import { page, PAGE_SIZE, readCursor } from '../http/pages';
import { KnownRoom, Shape } from '../http/shape.pipe';
import { readRoomCode } from '../new-id';
import type { Actor } from '../store/audit.store';
import { RoomListStore } from '../store/room-list.store';
import { RoomOperations } from './room-operations';

/** All rooms, and an operator's way into them. */
@May('rooms.read')
@Controller('api/admin')
export class AdminRoomsController {
  constructor(
    private readonly rooms: RoomListStore,
    private readonly operations: RoomOperations,
  ) {}

  @Get('rooms')
  async list(@Query(new Shape(RoomsQuery)) { search, cursor, ...filter }: z.infer<typeof RoomsQuery>) {
    const before = readCursor(cursor, [0, ''] as [number, string]);
    const rows = await this.rooms.list({ ...sought(search), ...filter }, before, PAGE_SIZE + 1);
    const { items, next } = page(rows, ({ openedAt, id }) => [openedAt, id]);
    return { items: items.map((room) => ({ ...room, phase: phaseOf(room) })), next };
  }

  @Get('rooms/:roomId')
  async get(@Param('roomId', KnownRoom) id: RoomId) {
    const [room] = await this.rooms.list({ id }, null, 1);
    if (!room) throw new Refusal('room.not-found');
    return { ...room, phase: phaseOf(room) };
  }

  @May('rooms.close')
  @Post('rooms/:roomId/close')
  @HttpCode(200)
  async close(
    @By() actor: Actor,
    @Param('roomId', KnownRoom) roomId: RoomId,
    @Body(new Shape(CloseRoom)) { reason }: z.infer<typeof CloseRoom>,
  ) {
    return { happened: await this.operations.close(roomId, actor, reason) };
  }

  @May('rooms.announce')
  @Post('rooms/:roomId/announce')
  @HttpCode(204)
  async announce(
    @By() actor: Actor,
    @Param('roomId', KnownRoom) roomId: RoomId,
    @Body(new Shape(Announce)) { text }: z.infer<typeof Announce>,
  ): Promise<void> {
    await this.operations.announce(roomId, text, actor);
  }

  @May('rooms.announce')
  @Post('announcements')
  @HttpCode(200)
  async announceToAll(@By() actor: Actor, @Body(new Shape(Announce)) { text }: z.infer<typeof Announce>) {
    return { rooms: await this.operations.announceToAll(text, actor) };
  }
}

/** What is searched for is an id, or else a code. */
function sought(search: string | undefined): { id?: string; code?: string } {
  if (!search?.trim()) return {};
  return RoomIdShape.safeParse(search.trim()).success ? { id: search.trim() } : { code: readRoomCode(search) };
}
