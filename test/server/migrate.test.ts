import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/lib/hash.ts';
import { connect } from '../../src/server/connect.ts';
import type { Database } from '../../src/server/database.ts';
import { migrate } from '../../src/server/migrate.ts';
import { migrations } from '../../src/server/migrations/migrations.ts';
import { startTestCluster, type TestCluster } from '../support/database.ts';
import { startServerProcess } from '../support/server.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster[Symbol.asyncDispose]());

const next = { number: migrations.length + 1, name: 'next', sql: 'ALTER TABLE runs ADD COLUMN note text' };
const broken = { number: migrations.length + 2, name: 'broken', sql: 'CREATE TABLE half (a int); SELECT 1 / 0' };

describe('migrate', () => {
  it('brings an empty database to the newest version, once, when two processes start at once', async () => {
    const url = await cluster.makeDatabase({ migrated: false });
    await using one = open(url);
    await using other = open(url);
    const applied = await Promise.all([migrate(one.db), migrate(other.db)]);
    expect(applied.reduce((sum, count) => sum + count, 0)).toBe(migrations.length);
    expect(await readNumbers(one.db)).toEqual(migrations.map(({ number }) => number));
    expect(await migrate(one.db)).toBe(0);
  });

  it.each(migrations.map(({ number }) => number))(
    'goes on from version %i, and keeps what is there',
    async (number) => {
      const url = await cluster.makeDatabase({ migrated: false });
      await using at = open(url);
      await migrate(at.db, migrations.slice(0, number));
      await sql`INSERT INTO artifacts (sha256, size) VALUES (${'a'.repeat(64)}, 7)`.execute(at.db);
      expect(await migrate(at.db, [...migrations, next])).toBe(migrations.length - number + 1);
      expect(await at.db.selectFrom('artifacts').select('size').execute()).toEqual([{ size: 7 }]);
    },
  );

  it('leaves nothing of a migration that fails, and tries it again', async () => {
    await using at = open(await cluster.makeDatabase());
    await expect(migrate(at.db, [...migrations, next, broken])).rejects.toThrow('division by zero');
    expect(await readNumbers(at.db)).toEqual([...migrations, next].map(({ number }) => number));
    const { rows } = await sql`SELECT 1 FROM pg_tables WHERE tablename = 'half'`.execute(at.db);
    expect(rows).toEqual([]);
    expect(await migrate(at.db, [...migrations, next, { ...broken, sql: 'SELECT 1' }])).toBe(1);
  });

  it('refuses a database that a newer program has made, and one that ran another text', async () => {
    await using at = open(await cluster.makeDatabase());
    await migrate(at.db, [...migrations, next]);
    await expect(migrate(at.db)).rejects.toMatchObject({ code: 'newer_schema' });
    await expect(migrate(at.db, [...migrations, { ...next, sql: 'SELECT 1' }])).rejects.toMatchObject({
      code: 'changed_schema',
    });
  });

  it('has released these texts, which change no more', () => {
    expect(migrations.map(({ number, name }) => `${number} ${name}`)).toEqual(['1 first']);
    expect(new Set(migrations.map((migration) => sha256(migration.sql))).size).toBe(migrations.length);
  });

  it('keeps quoderat serve from starting on a newer database, with a word to say why', async () => {
    const url = await cluster.makeDatabase();
    await using at = open(url);
    await migrate(at.db, [...migrations, next]);
    await expect(startServerProcess({ databaseUrl: url })).rejects.toThrow(/made by a newer Quoderat/);
  });
});

function open(url: string): { db: Kysely<Database> } & AsyncDisposable {
  const db = connect({ url, connections: 2, onError: () => {} });
  return { db, [Symbol.asyncDispose]: () => db.destroy() };
}

async function readNumbers(db: Kysely<Database>): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`SELECT number FROM schema_migrations ORDER BY number`.execute(db);
  return rows.map(({ number }) => number);
}
