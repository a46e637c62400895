import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { By, May } from '../auth/user.guard';
import { SettleDeadLetters } from '../contract/admin-requests';
import { Refusal } from '../contract/refusals';
import { PageQuery } from '../contract/requests';
import { SubmissionIdShape } from '../contract/shapes';
import type { SubmissionId } from '../contract/terms';
import { DeadLetters } from '../dead-letters/dead-letters.service';
import { page, PAGE_SIZE, readCursor } from '../http/pages';
import { Known, Shape } from '../http/shape.pipe';
import type { Actor } from '../store/audit.store';

/** What the judge has given up. */
@May('dead-letters.manage')
@Controller('api/admin/dead-letters')
export class DeadLettersController {
  constructor(private readonly letters: DeadLetters) {}

  @Get()
  async list(@Query(new Shape(PageQuery)) { cursor }: z.infer<typeof PageQuery>) {
    const after = readCursor(cursor, [0, ''] as [number, string]);
    const rows = await this.letters.list(PAGE_SIZE + 1, after);
    return page(rows, ({ receivedAt, id }) => [receivedAt, id]);
  }

  @Get(':submissionId')
  async peek(@Param('submissionId', new Known(SubmissionIdShape, 'submission.not-found')) id: SubmissionId) {
    const letter = await this.letters.peek(id);
    if (!letter) throw new Refusal('submission.not-found');
    const tried = letter.tried.map(({ cause: _, ...attempt }) => attempt);
    return { ...letter, tried };
  }

  @Post('replay')
  @HttpCode(200)
  replay(@By() actor: Actor, @Body(new Shape(SettleDeadLetters)) { ids }: z.infer<typeof SettleDeadLetters>) {
    return this.letters.replay([...new Set(ids)], actor);
  }

  @Post('drop')
  @HttpCode(200)
  drop(@By() actor: Actor, @Body(new Shape(SettleDeadLetters)) { ids }: z.infer<typeof SettleDeadLetters>) {
    return this.letters.drop([...new Set(ids)], actor);
  }
}
