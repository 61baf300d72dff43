/** Opens the store: SQLite in the data folder, or PostgreSQL when a connection string says so. */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, Migrator, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { FairSqliteDialect } from './fair-sqlite';
import { migrations } from './migrations';
import type { Db, Schema } from './schema';

export interface StorePlace {
  dataDir: string;
  databaseUrl?: string | undefined;
}

/** @returns a migrated store; the caller ends it with `db.destroy()`. */
export async function openStore(place: StorePlace): Promise<Db> {
  const db = place.databaseUrl ? openPostgres(place.databaseUrl) : openSqlite(place.dataDir);
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

/** synchronous=FULL: what was acknowledged survives the loss of power, not only of the process. */
function openSqlite(dataDir: string): Db {
  const file = join(dataDir, 'tasuki.sqlite');
  const database = new Sqlite(file);
  chmodSync(file, 0o600);
  database.pragma('busy_timeout = 5000');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  return new Kysely<Schema>({ dialect: new FairSqliteDialect({ database }) });
}

const INT8 = 20;

function openPostgres(connectionString: string): Db {
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 5000,
    types: {
      // Epoch milliseconds fit a double exactly; the driver would hand them over as text.
      getTypeParser: (type, format): ((value: string) => unknown) =>
        (type as number) === INT8 && format !== 'binary'
          ? Number
          : (pg.types.getTypeParser(type, format) as (value: string) => unknown),
    },
  });
  // An idle connection may break (server restart); the pool replaces it, the process must not fall over.
  pool.on('error', () => {});
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}

const ATTEMPTS = 10;

/** Two processes may start on a new data folder at once (server and command line); the loser tries again. */
async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  for (let attempt = 1; ; attempt++) {
    const { error } = await migrator.migrateToLatest();
    if (!error) return;
    if (attempt === ATTEMPTS)
      throw error instanceof Error ? error : new Error('migration failed', { cause: error });
    await new Promise((resolve) => setTimeout(resolve, 50 * attempt));
  }
}

/** Whether the store answers at all; for the readiness probe. */
export async function storeAnswers(db: Db): Promise<boolean> {
  try {
    await sql`select 1`.execute(db);
    return true;
  } catch {
    return false;
  }
}
