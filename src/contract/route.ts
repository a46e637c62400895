import type { z } from 'zod';
import type { RefusalCode } from './refusals';

/** A request this server answers. */
export interface Route {
  readonly says: string;
  readonly open?: true;
  readonly params?: Readonly<Record<string, z.ZodType>>;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** What travels as plain text in UTF-8 in place of JSON. */
  readonly text?: 'body' | 'answer';
  readonly status: number;
  readonly answer?: z.ZodType;
  /** The status of the same answer when it is a no. */
  readonly unready?: 503;
  readonly refusals?: readonly RefusalCode[];
}
