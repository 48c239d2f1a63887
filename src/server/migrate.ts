import { type Kysely, sql, type Transaction } from 'kysely';
import { sha256 } from '../lib/hash.ts';
import { limits } from '../lib/limits.ts';
import { DatabaseError } from './database-error.ts';
import type { Database } from './database.ts';
import type { Migration } from './migrations/migration.ts';
import { migrations as released } from './migrations/migrations.ts';

/** Advisory locks are numbers that all programs in a database share: these two are ours. */
const lockSpace = 0x716f_6465;
const migrationLock = 1;

/**
 * Brings the database to this program's version: forwards only, each migration in a transaction of its own with the note
 * that it is done. Of processes that start at once, one migrates and the others wait for it.
 * @throws DatabaseError newer_schema when a newer program has been here; changed_schema when a migration that was
 * applied is not the one that this program knows under its number
 */
export async function migrate(db: Kysely<Database>, migrations: readonly Migration[] = released): Promise<number> {
  let applied = 0;
  while (await migrateOnce(db, migrations)) applied += 1;
  return applied;
}

/** true: one was applied, there may be more. */
async function migrateOnce(db: Kysely<Database>, migrations: readonly Migration[]): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await sql`SET LOCAL statement_timeout = ${sql.lit(limits.databaseMigrationMs)}`.execute(tx);
    // Held to the end of the transaction, whatever ends it.
    await sql`SELECT pg_advisory_xact_lock(${sql.lit(lockSpace)}, ${sql.lit(migrationLock)})`.execute(tx);
    await sql`
      CREATE TABLE IF NOT EXISTS schema_migrations (
        number int PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
        applied_at timestamptz(3) NOT NULL DEFAULT clock_timestamp())`.execute(tx);
    const next = toNext(await readApplied(tx), migrations);
    if (next === undefined) return false;
    await sql.raw(next.sql).execute(tx);
    await sql`
      INSERT INTO schema_migrations (number, name, checksum)
      VALUES (${next.number}, ${next.name}, ${sha256(next.sql)})`.execute(tx);
    return true;
  });
}

type Applied = { number: number; name: string; checksum: string };

async function readApplied(tx: Transaction<Database>): Promise<Applied[]> {
  const { rows } = await sql<Applied>`SELECT number, name, checksum FROM schema_migrations ORDER BY number`.execute(tx);
  return rows;
}

function toNext(applied: Applied[], migrations: readonly Migration[]): Migration | undefined {
  for (const [index, { number, name, checksum }] of applied.entries()) {
    const known = migrations[index];
    if (known === undefined)
      throw new DatabaseError(
        'newer_schema',
        `the database was made by a newer Quoderat (it has migration ${number} "${name}", this program knows ` +
          `${migrations.length}): run that version or a later one`,
      );
    if (known.number !== number || checksum !== sha256(known.sql))
      throw new DatabaseError(
        'changed_schema',
        `migration ${number} "${name}" of the database is not the one that this program knows: the database belongs ` +
          'to another build of Quoderat; use that one, or another database',
      );
  }
  return migrations[applied.length];
}
