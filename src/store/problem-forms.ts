import type { EntityManager } from 'typeorm';
import type { Slug } from '../contract/terms';

/**
 * Before a problem changes: locks it, and keeps its present form for the contests under way that have it. A room that
 * is about to start with it waits here, and starts with what it has become. What nobody plays is not kept.
 */
export async function keepForm(tx: EntityManager, slug: Slug): Promise<void> {
  await tx.query('SELECT FROM problems WHERE slug = $1 FOR UPDATE', [slug]);
  await tx.query(KEEP, [slug]);
}

const KEEP = `
  WITH kept AS (
    UPDATE room_problems SET digest = p.digest FROM problems p, rooms r
      WHERE p.slug = $1 AND room_problems.slug = p.slug AND room_problems.digest IS NULL
        AND r.id = room_problems.room_id AND r.finalized_at IS NULL AND r.cancelled_at IS NULL
      RETURNING room_problems.slug)
  INSERT INTO problem_forms (slug, digest, title, statement_html, cpu_ms, memory_kib, checker, samples, tests)
    SELECT slug, digest, title, statement_html, cpu_ms, memory_kib, checker,
      coalesce((SELECT json_agg(json_build_object('input', input, 'answer', answer, 'note', note) ORDER BY index)
        FROM test_cases t WHERE t.slug = p.slug AND sample), '[]'),
      coalesce((SELECT json_agg(json_build_object('sample', sample, 'input', input, 'answer', answer) ORDER BY index)
        FROM test_cases t WHERE t.slug = p.slug), '[]')
    FROM problems p WHERE slug = $1 AND EXISTS (SELECT FROM kept)
    ON CONFLICT DO NOTHING`;
