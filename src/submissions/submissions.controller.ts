import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { May, Me } from '../auth/user.guard';
import { PageQuery, Submit, Try } from '../contract/requests';
import { SubmissionIdShape, TrialIdShape } from '../contract/shapes';
import type { RoomId, SubmissionId, TrialId } from '../contract/terms';
import { page, PAGE_SIZE, readCursor } from '../http/pages';
import { RequestId } from '../http/request-log';
import { Known, KnownRoom, Shape } from '../http/shape.pipe';
import type { StoredSubmission } from '../store/submission.store';
import type { UserRow } from '../store/tables/people';
import { SubmissionsService } from './submissions.service';

@May('room.see')
@Controller('api')
export class SubmissionsController {
  constructor(private readonly submissions: SubmissionsService) {}

  @May('room.submit')
  @Post('rooms/:roomId/submissions')
  @HttpCode(202)
  submit(
    @Me() user: UserRow,
    @Param('roomId', KnownRoom) roomId: RoomId,
    @Body(new Shape(Submit)) body: z.infer<typeof Submit>,
    @RequestId() requestId: string,
  ) {
    return this.submissions.submit(user, roomId, body, requestId);
  }

  @Get('rooms/:roomId/submissions')
  async list(
    @Me() user: UserRow,
    @Param('roomId', KnownRoom) roomId: RoomId,
    @Query(new Shape(PageQuery)) { cursor }: z.infer<typeof PageQuery>,
  ) {
    const [after] = readCursor(cursor, [0] as [number]) ?? [0];
    const rows = await this.submissions.list(user, roomId, after, PAGE_SIZE + 1);
    const { items, next } = page(rows, ({ receivedSeq }) => [receivedSeq]);
    return { items: items.map(shown), next };
  }

  @Get('submissions/:submissionId')
  async get(
    @Me() user: UserRow,
    @Param('submissionId', new Known(SubmissionIdShape, 'submission.not-found')) id: SubmissionId,
  ) {
    return shown(await this.submissions.get(user, id));
  }

  @May('room.submit')
  @Post('rooms/:roomId/trials')
  @HttpCode(202)
  async try(
    @Me() user: UserRow,
    @Param('roomId', KnownRoom) roomId: RoomId,
    @Body(new Shape(Try)) body: z.infer<typeof Try>,
    @RequestId() requestId: string,
  ) {
    return { trialId: await this.submissions.try(user, roomId, body, requestId) };
  }

  @Get('trials/:trialId')
  async trial(
    @Me() user: UserRow,
    @Param('trialId', new Known(TrialIdShape, 'submission.not-found')) trialId: TrialId,
  ) {
    const { roomId, label, language, verdict, compileOutput, tests } = await this.submissions.trial(user, trialId);
    return { trialId, roomId, problem: label, language, verdict, compileOutput, tests: tests ?? [] };
  }
}

const shown = ({ receivedSeq: _, ...submission }: StoredSubmission) => submission;
