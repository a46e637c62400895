import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** What a command has to say. */
export interface Answer {
  readonly json: unknown;
  /** For people; absent where the answer is JSON in any case. */
  readonly text?: string;
  /** What was found is not as it must be: a sentence about it, and exit 1. */
  readonly wrong?: string;
}

/** A command could not be carried out, for a reason that needs a sentence and no stack. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** Columns as wide as their widest entry. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((entry, at) => entry.padEnd(widths[at]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The cases of a JSON file. @throws {Failure} that names the first case that has not the shape, and its key */
export async function readCases<T>(file: string, shape: z.ZodType<T>): Promise<T[]> {
  const cases = parse(file, await read(file));
  if (!Array.isArray(cases)) throw new Failure(`${file} must hold an array of cases.`);
  return cases.map((one: unknown, index) => {
    const result = shape.safeParse(one);
    if (result.success) return result.data;
    const { path, message } = result.error.issues[0]!;
    const key = path.length > 0 ? `${z.core.toDotPath(path)}: ` : '';
    throw new Failure(`${file}, case ${index + 1} of ${cases.length}: ${key}${message}.`);
  });
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    // a missing file, a folder, no permission: all of it is told by the system's own words
    throw new Failure(`${file} cannot be read: ${(error as Error).message}.`);
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Failure(`${file} is not JSON: ${error.message}.`);
  }
}
