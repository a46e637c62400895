import type { Api } from './api';

const SIDES = ['input', 'answer'] as const;
export type Side = (typeof SIDES)[number];
/** What is put in place of an input or an answer: what was typed, or a file; `null` leaves it as it is. */
type SideText = string | Blob | null;

export interface TestDraft extends Readonly<Record<Side, SideText>> {
  readonly sample: boolean;
  readonly note: string | null;
}
interface Progress {
  /** A new test is there, at this place; from here on it is only changed. */
  readonly added: (index: number) => void;
  readonly sending: (side: Side) => void;
}

/** What fits into a request with the rest of the test, however it is written there. */
const MOST_TYPED_BYTES = 16_384;
const isLong = (text: SideText): text is string | Blob =>
  text !== null && (typeof text !== 'string' || new Blob([text]).size > MOST_TYPED_BYTES);

/**
 * Adds a test, or changes the one at `index`. Long texts follow one by one: what goes wrong there leaves the test
 * with what came before, and the same again puts it right.
 *
 * @throws {Refused} {Away}
 */
export async function sendTest(
  api: Api,
  slug: string,
  index: number | null,
  { sample, note, ...draft }: TestDraft,
  { added, sending }: Progress,
): Promise<void> {
  const short = SIDES.filter((side) => draft[side] !== null && !isLong(draft[side]));
  const body = { note, ...Object.fromEntries(short.map((side) => [side, draft[side]])) };
  let at = index;
  if (at === null) {
    const test = await api.ask('POST /api/admin/problems/:slug/tests', { params: { slug }, body: { sample, ...body } });
    at = test.index;
    added(at);
  } else {
    const params = { slug, index: String(at) };
    await api.ask('PATCH /api/admin/problems/:slug/tests/:index', { params, body });
  }
  for (const side of SIDES) {
    const text = draft[side];
    if (!isLong(text)) continue;
    sending(side);
    const params = { slug, index: String(at), side };
    await api.ask('PUT /api/admin/problems/:slug/tests/:index/:side', { params, text: new Blob([text]) });
  }
}
