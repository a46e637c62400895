import { openDatabase } from '../../src/store/database';
import { onEveryPostgres } from '../support/database';
import { eventually } from '../support/eventually';

onEveryPostgres((databases) => {
  describe('the schema', () => {
    it('is the same by its migrations and by its entities', async () => {
      const db = await databases.connect();
      const { upQueries } = await db.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    });

    it('is made once when four processes boot on an empty database at once', async () => {
      const address = await databases.empty();
      const opened = await Promise.all([1, 2, 3, 4].map(() => databases.connect(address, 2)));
      for (const db of opened) {
        expect(await db.manager.query('SELECT count(*) AS count FROM migrations')).toEqual([
          { count: db.migrations.length },
        ]);
      }
    });

    it('is left as it is by a second boot, which leaves no lock behind', async () => {
      const address = await databases.empty();
      await databases.connect(address);
      const db = await databases.connect(address);
      expect(await db.showMigrations()).toBe(false);
      const locks = `SELECT count(*) AS count FROM pg_locks WHERE locktype = 'advisory'
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
      expect(await db.manager.query(locks)).toEqual([{ count: 0 }]);
    });

    it('can be undone and made again', async () => {
      const db = await databases.connect();
      const tables = () =>
        db.manager.query<{ name: string }[]>(
          `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
        );
      const before = await tables();
      for (const _ of db.migrations) await db.undoLastMigration();
      expect((await tables()).map(({ name }) => name)).toEqual(['migrations']);
      await db.runMigrations();
      expect(await tables()).toEqual(before);
    });

    it('leaves no connection open when it cannot be made', async () => {
      const address = await databases.empty();
      const db = await databases.connect(address);
      for (const _ of db.migrations) await db.undoLastMigration();
      await db.manager.query('CREATE TABLE users (somebody text)');
      const connected = async () => {
        const [row] = await db.manager.query<{ count: number }[]>(
          `SELECT count(*) AS count FROM pg_stat_activity WHERE datname = current_database()`,
        );
        return row!.count;
      };
      const before = await connected();
      await expect(openDatabase(address, 2)).rejects.toThrow(/users/);
      // Left alone, a pool would drop them too, only later.
      await eventually('they are gone', async () => (await connected()) <= before);
    });
  });
});
