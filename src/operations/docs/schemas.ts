import { z, type ZodType } from 'zod';
import { EVENTS, SeenEventShape } from '../../contract/events';
import * as shapes from '../../contract/shapes';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What the documents call the shapes that turn up in many places. */
const NAMES: Readonly<Record<string, ZodType>> = {
  UserId: shapes.UserIdShape,
  RoomId: shapes.RoomIdShape,
  SubmissionId: shapes.SubmissionIdShape,
  TrialId: shapes.TrialIdShape,
  LanguageId: shapes.LanguageIdShape,
  Label: shapes.LabelShape,
  Slug: shapes.SlugShape,
  Moment: shapes.Moment,
  Verdict: shapes.VerdictShape,
  CurrentVerdict: shapes.CurrentVerdict,
  EndReason: shapes.EndReason,
  User: shapes.UserShape,
  Player: shapes.PlayerShape,
  Cell: shapes.CellShape,
  LeaderboardRow: shapes.LeaderboardRowShape,
  Leaderboard: shapes.LeaderboardShape,
  Room: shapes.RoomShape,
  RoomSubmission: shapes.RoomSubmissionShape,
  Test: shapes.TestShape,
  Submission: shapes.SubmissionShape,
  Trial: shapes.TrialShape,
  Sample: shapes.SampleShape,
  ProblemSummary: shapes.ProblemSummary,
  Problem: shapes.ProblemShape,
  RoomProblem: shapes.RoomProblemShape,
  SeenEvent: SeenEventShape,
};

const place = { roomId: shapes.RoomIdShape, seq: z.number().int().min(1) };
const events = Object.entries(EVENTS).map(
  ([type, data]) => [type, z.object({ ...place, at: shapes.Moment, type: z.literal(type), data })] as const,
);
const HIDDEN = z.strictObject(place).describe('What this reader may not see: its place in the log and nothing else.');

/** Turns shapes of the contract into JSON Schema, and collects those with a name under `components.schemas`. */
export class Schemas {
  private readonly names = z.registry<{ id: string }>();
  private readonly collected = new Map<string, JsonSchema>();

  constructor() {
    for (const [id, shape] of [...Object.entries(NAMES), ...events, ['event.hidden', HIDDEN] as const])
      this.names.add(shape, { id });
    // Checks take any event; readers of a document want to know every kind.
    const kinds = [...events.map(([, shape]) => shape), HIDDEN].map((shape) => this.of(shape, 'output'));
    this.collected.set('SeenEvent', { oneOf: kinds });
  }

  /** What a caller may send (`input`), or what he gets (`output`): defaults filled in, and fields may be added. */
  of(shape: ZodType, io: 'input' | 'output'): JsonSchema {
    const whole = z.toJSONSchema(z.object({ it: shape }), {
      io,
      metadata: this.names,
      override: ({ zodSchema, jsonSchema }) => {
        const { def } = zodSchema._zod;
        if (def.type === 'object' && def.catchall === undefined) delete jsonSchema.additionalProperties;
        const { example, description } = z.globalRegistry.get(zodSchema) ?? {};
        if (example !== undefined) jsonSchema.examples = [example];
        if (description !== undefined) jsonSchema.description = description;
      },
    });
    const { $defs = {}, properties = {} } = JSON.parse(
      JSON.stringify(whole).replaceAll('#/$defs/', '#/components/schemas/'),
    ) as Pick<JsonSchema, '$defs'> & { properties?: Record<string, JsonSchema> };
    for (const [name, schema] of Object.entries($defs)) this.collect(name, schema);
    return properties['it'] ?? {};
  }

  get components(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries([...this.collected].sort(([a], [b]) => a.localeCompare(b)));
  }

  private collect(name: string, schema: JsonSchema): void {
    if (name === 'SeenEvent' && this.collected.has(name)) return;
    const before = this.collected.get(name);
    if (before && JSON.stringify(before) !== JSON.stringify(schema))
      throw new Error(`${name} is one thing where it is sent and another where it is received: give it two names`);
    this.collected.set(name, schema);
  }
}
