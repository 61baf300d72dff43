/** The chat's part of the migrations; the same rules hold. */
import { sql, type Migration } from 'kysely';
import { index, up } from './ddl';

export const chatMigrations: Record<string, Migration> = {
  '0032_chats': up((db) =>
    db.schema
      .createTable('chats')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('epoch', 'integer', (c) => c.notNull())
      .addColumn('next_seq', 'integer', (c) => c.notNull())
      .addColumn('language', 'text', (c) => c.notNull())
      .addColumn('visitor_key', 'text', (c) => c.notNull().unique())
      .addColumn('key_box', 'text', (c) => c.notNull())
      .addColumn('token_hash', 'text')
      .addColumn('address', 'text')
      .addColumn('address_hash', 'text')
      .addColumn('owner', 'text')
      .addColumn('for_account', 'text')
      .addColumn('for_from', 'text')
      .addColumn('waiting_since', 'bigint')
      .addColumn('started_at', 'bigint', (c) => c.notNull())
      .addColumn('claimed_at', 'bigint')
      .addColumn('customer_away_at', 'bigint')
      .addColumn('customer_delivered', 'integer', (c) => c.notNull())
      .addColumn('customer_seen', 'integer', (c) => c.notNull())
      .addColumn('staff_delivered', 'integer', (c) => c.notNull())
      .addColumn('staff_seen', 'integer', (c) => c.notNull())
      .addColumn('ended_at', 'bigint')
      .addColumn('ended_by', 'text')
      .addColumn('stars', 'integer')
      .addColumn('comment', 'text')
      .execute(),
  ),
  '0033_chats_queue': index('chats_queue', 'chats', ['state', 'waiting_since']),
  '0034_chats_started': index('chats_started', 'chats', ['tenant_id', 'started_at']),
  '0035_chats_address': index('chats_address', 'chats', ['address_hash', 'state']),
  '0036_chat_epochs': up((db) =>
    db.schema
      .createTable('chat_epochs')
      .addColumn('chat_id', 'text', (c) => c.notNull().references('chats.id').onDelete('cascade'))
      .addColumn('epoch', 'integer', (c) => c.notNull())
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('account_id', 'text', (c) => c.notNull())
      .addColumn('operator_id', 'text', (c) => c.notNull())
      .addColumn('operator_name', 'text', (c) => c.notNull())
      .addColumn('claim', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('waited_ms', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('chat_epochs_key', ['chat_id', 'epoch'] as never[])
      .execute(),
  ),
  '0037_chat_epochs_at': index('chat_epochs_at', 'chat_epochs', ['tenant_id', 'at']),
  '0038_chat_messages': up((db) =>
    db.schema
      .createTable('chat_messages')
      .addColumn('chat_id', 'text', (c) => c.notNull().references('chats.id').onDelete('cascade'))
      .addColumn('seq', 'integer', (c) => c.notNull())
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('epoch', 'integer', (c) => c.notNull())
      .addColumn('speaker', 'text', (c) => c.notNull())
      .addColumn('sender', 'text', (c) => c.notNull())
      .addColumn('n', 'integer', (c) => c.notNull())
      .addColumn('frame', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('chat_messages_key', ['chat_id', 'seq'] as never[])
      .execute(),
  ),
  '0039_chat_messages_once': index(
    'chat_messages_once',
    'chat_messages',
    ['chat_id', 'epoch', 'speaker', 'sender', 'n'],
    true,
  ),
  '0040_chat_staff': up((db) =>
    db.schema
      .createTable('chat_staff')
      .addColumn('chat_id', 'text', (c) => c.notNull().references('chats.id').onDelete('cascade'))
      .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id'))
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('owner', 'integer', (c) => c.notNull())
      .addColumn('joined_at', 'bigint', (c) => c.notNull())
      .addColumn('left_at', 'bigint')
      .addPrimaryKeyConstraint('chat_staff_key', ['chat_id', 'account_id'] as never[])
      .execute(),
  ),
  '0041_chat_staff_account': index('chat_staff_account', 'chat_staff', ['account_id', 'left_at']),
  '0042_chat_transfers': up((db) =>
    db.schema
      .createTable('chat_transfers')
      .addColumn('chat_id', 'text', (c) => c.notNull().references('chats.id').onDelete('cascade'))
      .addColumn('n', 'integer', (c) => c.notNull())
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('from_id', 'text', (c) => c.notNull())
      .addColumn('from_name', 'text', (c) => c.notNull())
      .addColumn('to_id', 'text')
      .addColumn('to_name', 'text')
      .addPrimaryKeyConstraint('chat_transfers_key', ['chat_id', 'n'] as never[])
      .execute(),
  ),
  '0043_chat_blocks': up((db) =>
    db.schema
      .createTable('chat_blocks')
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('address_hash', 'text', (c) => c.notNull())
      .addColumn('until', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('chat_blocks_key', ['tenant_id', 'address_hash'] as never[])
      .execute(),
  ),
  '0044_chat_presence': up((db) =>
    db.schema
      .createTable('chat_presence')
      .addColumn('account_id', 'text', (c) => c.primaryKey().references('accounts.id'))
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('available', 'integer', (c) => c.notNull())
      .addColumn('seen_at', 'bigint', (c) => c.notNull())
      .addColumn('left_at', 'bigint')
      .execute(),
  ),
  '0070_chats_given_up': index('chats_given_up', 'chats', ['tenant_id', 'claimed_at', 'ended_at']),
  '0071_chat_addresses': up((db) =>
    db.schema
      .createTable('chat_addresses')
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('address_hash', 'text', (c) => c.notNull())
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('chat_addresses_key', ['tenant_id', 'address_hash'] as never[])
      .execute(),
  ),
  '0074_blocks': up((db) =>
    db.schema
      .createTable('blocks')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('address_hash', 'text', (c) => c.notNull())
      .addColumn('since', 'bigint')
      .addColumn('until', 'bigint', (c) => c.notNull())
      .addColumn('by_id', 'text')
      .addColumn('by_name', 'text')
      .addColumn('chat_id', 'text')
      .addUniqueConstraint('blocks_address', ['tenant_id', 'address_hash'] as never[])
      .execute(),
  ),
  // What is blocked stays so, and can be lifted; by whom and since when was not kept.
  '0075_blocks_kept': up(async (db) => {
    await sql`
      insert into blocks (id, tenant_id, address_hash, until)
      select address_hash, tenant_id, address_hash, until from chat_blocks where until > 0
      on conflict do nothing
    `.execute(db);
  }),
  '0075b_chat_blocks_gone': up((db) => db.schema.dropTable('chat_blocks').execute()),
  '0076_chats_ended_account': up((db) =>
    db.schema.alterTable('chats').addColumn('ended_account', 'text').execute(),
  ),
  '0080_chats_bytes': up((db) =>
    db.schema
      .alterTable('chats')
      .addColumn('bytes', 'integer', (c) => c.notNull().defaultTo(0))
      .execute(),
  ),
  '0081_chats_bytes_so_far': up(async (db) => {
    await sql`update chats set bytes =
      (select coalesce(sum(length(frame)), 0) from chat_messages where chat_id = chats.id)`.execute(db);
  }),
};
