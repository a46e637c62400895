import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { toWire } from '../contract/wire';

/** Every answer leaves with its moments as ISO strings. */
export class WireAnswers implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map(toWire));
  }
}
