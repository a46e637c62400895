import type { PipeTransform } from '@nestjs/common';
import type { ZodType } from 'zod';
import { Refusal, type RefusalCode } from '../contract/refusals';
import { RoomIdShape } from '../contract/shapes';

/** Lets in only what the contract describes; says where something else differs from it, never what it was. */
export class Shape<T> implements PipeTransform<unknown, T> {
  constructor(private readonly schema: ZodType<T>) {}

  transform(value: unknown): T {
    return parse(this.schema, value);
  }
}

/** A message may name the fields that do not belong, however many there are. */
const LONGEST_MESSAGE = 200;

/** @throws {Refusal} request.malformed, with a line for every difference. */
export function parse<T>(schema: ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const details = result.error.issues
    .slice(0, 20)
    .map(({ path, message }) => ({ path: path.join('.'), message: message.slice(0, LONGEST_MESSAGE) }));
  throw new Refusal('request.malformed', details);
}

/** The id of something in a path. What cannot be an id of ours is a thing that does not exist. */
export class Known<T> implements PipeTransform<unknown, T> {
  constructor(
    private readonly schema: ZodType<T>,
    private readonly otherwise: Extract<RefusalCode, `${string}.not-found`>,
  ) {}

  transform(value: unknown): T {
    const result = this.schema.safeParse(value);
    if (!result.success) throw new Refusal(this.otherwise);
    return result.data;
  }
}

export const KnownRoom = new Known(RoomIdShape, 'room.not-found');
