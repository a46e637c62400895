import { Controller, Get, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { May } from '../auth/user.guard';
import { SubmissionsQuery } from '../contract/admin-requests';
import { Refusal } from '../contract/refusals';
import { SubmissionIdShape } from '../contract/shapes';
import type { SubmissionId } from '../contract/terms';
import { page, PAGE_SIZE, readCursor } from '../http/pages';
import { Known, Shape } from '../http/shape.pipe';
import { DeadLetterStore } from '../store/dead-letter.store';
import { SubmissionListStore } from '../store/submission-list.store';
import { SubmissionStore } from '../store/submission.store';

/** What was handed in, and how it was judged. */
@May('submissions.read')
@Controller('api/admin/submissions')
export class AdminSubmissionsController {
  constructor(
    private readonly list: SubmissionListStore,
    private readonly submissions: SubmissionStore,
    private readonly attempts: DeadLetterStore,
  ) {}

  @Get()
  async page(@Query(new Shape(SubmissionsQuery)) { cursor, ...filter }: z.infer<typeof SubmissionsQuery>) {
    const before = readCursor(cursor, [0, ''] as [number, string]);
    const rows = await this.list.list(filter, before, PAGE_SIZE + 1);
    return page(rows, ({ receivedAt, id }) => [receivedAt, id]);
  }

  @Get(':submissionId')
  async get(@Param('submissionId', new Known(SubmissionIdShape, 'submission.not-found')) id: SubmissionId) {
    const [[line], { source, compileOutput, tests }, judgings] = await Promise.all([
      this.list.list({ id }, null, 1),
      this.submissions.get(id),
      this.attempts.attemptsAt(id),
    ]);
    if (!line) throw new Refusal('submission.not-found');
    return { ...line, source, compileOutput, tests, judgings };
  }
}
