import { isUtf8 } from 'node:buffer';
import type { Request } from 'express';
import { Refusal, type RefusalCode } from '../contract/refusals';

/** The only bodies that are no JSON: read by the route itself, once it is known who sends them. */
const PLAIN_TEXT = /^\/api\/admin\/problems\/[^/]+\/tests\/\d+\/(input|answer)$/;
export const isPlainText = ({ method, path, headers }: Request): boolean =>
  method === 'PUT' && PLAIN_TEXT.test(path) && /^text\/plain *(;|$)/.test(headers['content-type'] ?? '');

/**
 * The body of a request as text.
 *
 * @throws {Refusal} request.malformed for what is not UTF-8 or holds a NUL, `tooLarge` for more than so many bytes
 */
export async function textOf(request: Request, maxBytes: number, tooLarge: RefusalCode): Promise<string> {
  if (!isPlainText(request)) throw malformed('A body has to be plain text.');
  const bytes = await bytesOf(request, maxBytes, tooLarge);
  if (bytes.includes(0) || !isUtf8(bytes)) throw malformed('This is not plain text in UTF-8.');
  return bytes.toString('utf8');
}

function bytesOf(request: Request, maxBytes: number, tooLarge: RefusalCode): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= maxBytes) {
        parts.push(part);
        return;
      }
      // What still comes is let go by, so that the answer can be read.
      parts.length = 0;
      reject(new Refusal(tooLarge));
    });
    request.once('end', () => resolve(Buffer.concat(parts)));
    request.once('error', () => reject(malformed('The body ended early.')));
    request.once('close', () => reject(malformed('The body ended early.')));
  });
}

const malformed = (message: string) => new Refusal('request.malformed', [{ path: '', message }]);
