/** Blocks of a store from before they said who and where. */
import Sqlite from 'better-sqlite3';
import { Kysely, Migrator, sql, SqliteDialect } from 'kysely';
import { expect, it } from 'vitest';
import { fillTenant } from '../testing/stores';
import { blockedUntil, deleteBlock, listBlocks } from './blocks';
import { migrations } from './migrations';
import type { Schema } from './schema';

it('stay in force after an upgrade, and can be lifted', async () => {
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: new Sqlite(':memory:') }) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  await migrator.migrateTo('0073_sessions_mailed');
  await fillTenant(db, 'account', 1);
  await sql`insert into chat_blocks (tenant_id, address_hash, until) values ('tenant', 'there', 20)`.execute(
    db,
  );
  expect((await migrator.migrateToLatest()).error).toBeUndefined();
  expect(await blockedUntil(db, 'tenant', 'there', 19)).toBe(20);
  const [block] = await listBlocks(db, 'tenant', 19, 10);
  expect(block).toMatchObject({ since: null, until: 20, byName: null, chatId: null });
  expect(await deleteBlock(db, 'tenant', block?.id ?? '')).toEqual({ chat_id: null });
  await db.destroy();
});
