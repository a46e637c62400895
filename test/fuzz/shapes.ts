import { z } from 'zod';
import type { Random } from './random';

/** As much of JSON Schema as our shapes come to. */
interface Schema {
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Something real for a field of this name, such as the id of a room that is there. */
export type Real = (name: string, random: Random) => unknown;

const WORDS = ['a', 'A', 'Ann', 'easy', 'math', 'python', 'x y', '1', 'print(1)', 'Zoë'];
const schemas = new Map<z.ZodType, Schema>();

/** A value of this shape, or nearly: lengths and patterns of texts are not looked at. */
export function sample(shape: z.ZodType, random: Random, real: Real): unknown {
  const known = schemas.get(shape);
  const schema = known ?? (z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as Schema);
  if (!known) schemas.set(shape, schema);
  return made(schema, '', random, real);
}

function made(schema: Schema, name: string, random: Random, real: Real): unknown {
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return random.pick(schema.enum);
  if (choices) return made(random.pick(choices), name, random, real);
  const inner = (one: Schema, of: string) => made(one, of, random, real);
  switch (schema.type) {
    case 'object': {
      const fields = Object.entries(schema.properties ?? {});
      const given = fields.filter(([field]) => schema.required?.includes(field) || random.chance(0.4));
      return Object.fromEntries(given.map(([field, one]) => [field, inner(one, field)]));
    }
    case 'array': {
      const least = schema.minItems ?? 0;
      return Array.from({ length: least + random.below(3) }, () => inner(schema.items ?? {}, name));
    }
    case 'integer':
    case 'number': {
      const { minimum = 0, maximum = 100 } = schema;
      const number = random.pick([minimum, maximum, minimum + random.next() * (maximum - minimum)]);
      return schema.type === 'integer' ? Math.round(number) : number;
    }
    case 'boolean':
      return random.chance(0.5);
    case 'null':
      return null;
    default:
      return real(name, random) ?? random.pick(WORDS);
  }
}
