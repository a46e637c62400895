import type { DataSource } from 'typeorm';

/** Remembers all rows there are; what it returns puts them back, as if nothing had been asked in between. */
export async function keepRows(db: DataSource): Promise<() => Promise<void>> {
  const named = await db.query<{ name: string }[]>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'`,
  );
  await db.query(`
    CREATE SCHEMA kept;
    CREATE TABLE kept.touched (name text);
    CREATE FUNCTION kept.touch() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO kept.touched VALUES (TG_TABLE_NAME); RETURN NULL; END $$`);
  for (const { name } of named)
    await db.query(`
      CREATE TABLE kept.${name} AS TABLE public.${name};
      CREATE TRIGGER touched AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON public.${name}
        FOR EACH STATEMENT EXECUTE FUNCTION kept.touch()`);
  return () =>
    db.transaction(async (tx) => {
      const touched = await tx.query<{ name: string }[]>('SELECT DISTINCT name FROM kept.touched');
      // What refers to each other is put back in any order, and none of it is a touch.
      const back = touched.flatMap(({ name }) => [
        `DELETE FROM ${name}`,
        `INSERT INTO ${name} OVERRIDING SYSTEM VALUE TABLE kept.${name}`,
      ]);
      await tx.query(['SET LOCAL session_replication_role = replica', ...back, 'DELETE FROM kept.touched'].join(';'));
    });
}
