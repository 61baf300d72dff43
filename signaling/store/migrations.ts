/**
 * Frozen, numbered migrations, one DDL statement each: a statement that failed half-way leaves nothing to repair.
 * Never edit one that was released; add the next number.
 */
import type { Migration } from 'kysely';
import { chatMigrations } from './chat-migrations';
import { index, up } from './ddl';

export const migrations: Record<string, Migration> = {
  '0001_tenants': up((db) =>
    db.schema
      .createTable('tenants')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('slot', 'integer', (c) => c.notNull().unique())
      .addColumn('company', 'text', (c) => c.notNull())
      .addColumn('subscriber', 'text', (c) => c.notNull().unique())
      .addColumn('language', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute(),
  ),
  '0002_vaults': up((db) =>
    db.schema
      .createTable('vaults')
      .addColumn('tenant_id', 'text', (c) => c.primaryKey().references('tenants.id'))
      .addColumn('public_key', 'text', (c) => c.notNull())
      .addColumn('identity_key', 'text', (c) => c.notNull())
      .addColumn('wrapped', 'text', (c) => c.notNull())
      .execute(),
  ),
  '0003_accounts': up((db) =>
    db.schema
      .createTable('accounts')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('login_id', 'text', (c) => c.notNull())
      .addColumn('login_key', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('email', 'text', (c) => c.notNull())
      .addColumn('password_hash', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .execute(),
  ),
  '0004_accounts_login': index('accounts_login', 'accounts', ['tenant_id', 'role', 'login_key'], true),
  '0005_permits': up((db) =>
    db.schema
      .createTable('permits')
      .addColumn('account_id', 'text', (c) => c.primaryKey().references('accounts.id'))
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('modes', 'text', (c) => c.notNull())
      .addColumn('file_transfer', 'integer', (c) => c.notNull())
      .addColumn('file_prerequest', 'integer', (c) => c.notNull())
      .addColumn('app_selection', 'integer', (c) => c.notNull())
      .addColumn('app_selection_always', 'integer', (c) => c.notNull())
      .addColumn('recording', 'text', (c) => c.notNull())
      .execute(),
  ),
  '0006_sign_ins': up((db) =>
    db.schema
      .createTable('sign_ins')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id'))
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('token_hash', 'text', (c) => c.notNull().unique())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('seen_at', 'bigint', (c) => c.notNull())
      .execute(),
  ),
  '0007_sign_ins_account': index('sign_ins_account', 'sign_ins', ['account_id']),
  '0008_login_failures': up((db) =>
    db.schema
      .createTable('login_failures')
      .addColumn('tenant_id', 'text', (c) => c.notNull())
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('login_key', 'text', (c) => c.notNull())
      .addColumn('failures', 'integer', (c) => c.notNull())
      .addColumn('failed_at', 'bigint', (c) => c.notNull())
      .addColumn('locked_until', 'bigint')
      .addPrimaryKeyConstraint('login_failures_key', ['tenant_id', 'role', 'login_key'] as never[])
      .execute(),
  ),
  '0009_sessions': up((db) =>
    db.schema
      .createTable('sessions')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('operator_account', 'text', (c) => c.notNull())
      .addColumn('operator_id', 'text', (c) => c.notNull())
      .addColumn('operator_name', 'text', (c) => c.notNull())
      .addColumn('sign_in', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('mode', 'text', (c) => c.notNull())
      .addColumn('path', 'text', (c) => c.notNull())
      .addColumn('rdv', 'text')
      .addColumn('share', 'text')
      .addColumn('operator_resume', 'text')
      .addColumn('customer_resume', 'text')
      .addColumn('operator_socket', 'text')
      .addColumn('customer_socket', 'text')
      .addColumn('operator_away_until', 'bigint')
      .addColumn('customer_away_until', 'bigint')
      .addColumn('pending_end_by', 'text')
      .addColumn('pending_end_reason', 'text')
      .addColumn('pending_end_at', 'bigint')
      .addColumn('customer_address', 'text')
      .addColumn('issued_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .addColumn('redeemed_at', 'bigint')
      .addColumn('consent', 'text')
      .addColumn('consent_at', 'bigint')
      .addColumn('started_at', 'bigint')
      .addColumn('ended_at', 'bigint')
      .addColumn('ended_by', 'text')
      .addColumn('end_reason', 'text')
      .addColumn('route', 'text')
      .addColumn('protocol', 'text')
      .addColumn('dtls_cipher', 'text')
      .addColumn('srtp_cipher', 'text')
      .execute(),
  ),
  '0010_sessions_rdv': index('sessions_rdv', 'sessions', ['rdv'], true),
  '0011_sessions_issued': index('sessions_issued', 'sessions', ['tenant_id', 'issued_at']),
  '0012_sessions_expiry': index('sessions_expiry', 'sessions', ['state', 'expires_at']),
  '0013_sessions_redeemed': index('sessions_redeemed', 'sessions', ['state', 'redeemed_at']),
  '0014_sessions_operator_away': index('sessions_operator_away', 'sessions', ['operator_away_until']),
  '0015_sessions_customer_away': index('sessions_customer_away', 'sessions', ['customer_away_until']),
  '0016_admin_log': up((db) =>
    db.schema
      .createTable('admin_log')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('action', 'text', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('address', 'text')
      .execute(),
  ),
  '0017_admin_log_at': index('admin_log_at', 'admin_log', ['tenant_id', 'at']),
  '0018_sessions_pending_end': index('sessions_pending_end', 'sessions', ['pending_end_at']),
  '0019_sessions_account': index('sessions_account', 'sessions', ['operator_account', 'state']),
  '0020_sessions_sign_in': index('sessions_sign_in', 'sessions', ['sign_in', 'state']),
  '0021_sessions_app_selection': up((db) =>
    db.schema
      .alterTable('sessions')
      .addColumn('app_selection', 'integer', (c) => c.notNull().defaultTo(0))
      .execute(),
  ),
  '0022_sessions_windows': up((db) =>
    db.schema.alterTable('sessions').addColumn('windows', 'integer').execute(),
  ),
  '0023_helpers': up((db) =>
    db.schema
      .createTable('helpers')
      .addColumn('session_id', 'text', (c) => c.primaryKey().references('sessions.id').onDelete('cascade'))
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('rdv', 'text')
      .addColumn('offered_at', 'bigint', (c) => c.notNull())
      .addColumn('expires_at', 'bigint')
      .addColumn('attached_at', 'bigint')
      .addColumn('socket', 'text')
      .addColumn('resume', 'text')
      .addColumn('away_until', 'bigint')
      .addColumn('version', 'text')
      .addColumn('system', 'text')
      .addColumn('system_version', 'text')
      .execute(),
  ),
  '0024_helpers_rdv': index('helpers_rdv', 'helpers', ['rdv'], true),
  '0025_helpers_expiry': index('helpers_expiry', 'helpers', ['expires_at']),
  '0026_helpers_away': index('helpers_away', 'helpers', ['away_until']),
  '0027_session_grants': up((db) =>
    db.schema
      .createTable('session_grants')
      .addColumn('session_id', 'text', (c) => c.notNull().references('sessions.id').onDelete('cascade'))
      .addColumn('n', 'integer', (c) => c.notNull())
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('input', 'integer', (c) => c.notNull())
      .addColumn('clipboard', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('session_grants_key', ['session_id', 'n'] as never[])
      .execute(),
  ),
  '0028_vaults_card': up((db) => db.schema.alterTable('vaults').addColumn('card', 'text').execute()),
  '0029_devices': up((db) =>
    db.schema
      .createTable('devices')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id'))
      .addColumn('sign_key', 'text', (c) => c.notNull())
      .addColumn('box_key', 'text', (c) => c.notNull())
      .addColumn('proof', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('certificate', 'text')
      .addColumn('wrapped', 'text')
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('approved_at', 'bigint')
      .addColumn('seen_at', 'bigint')
      .execute(),
  ),
  '0030_devices_account': index('devices_account', 'devices', ['account_id', 'state']),
  '0031_devices_tenant': index('devices_tenant', 'devices', ['tenant_id', 'created_at']),
  '0045_chat_settings': up((db) =>
    db.schema
      .createTable('chat_settings')
      .addColumn('tenant_id', 'text', (c) => c.primaryKey().references('tenants.id'))
      .addColumn('origins', 'text', (c) => c.notNull())
      .addColumn('offline_messages', 'integer', (c) => c.notNull())
      .addColumn('hours', 'text', (c) => c.notNull())
      .execute(),
  ),
  '0046_button_sets': up((db) =>
    db.schema
      .createTable('button_sets')
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('online', 'text', (c) => c.notNull())
      .addColumn('offline', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('button_sets_key', ['tenant_id', 'name'] as never[])
      .execute(),
  ),
  '0047_pictures': up((db) =>
    db.schema
      .createTable('pictures')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('created_at', 'bigint', (c) => c.notNull())
      .addColumn('data', 'text', (c) => c.notNull())
      .execute(),
  ),
  '0048_pictures_kind': index('pictures_kind', 'pictures', ['tenant_id', 'kind', 'created_at']),
  '0053_replies': up((db) =>
    db.schema
      .createTable('replies')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('owner', 'text', (c) => c.notNull())
      .addColumn('shortcut', 'text', (c) => c.notNull())
      .addColumn('text', 'text', (c) => c.notNull())
      .addColumn('changed_at', 'bigint', (c) => c.notNull())
      .execute(),
  ),
  '0054_replies_shortcut': index('replies_shortcut', 'replies', ['tenant_id', 'owner', 'shortcut'], true),
  '0057_sessions_chat': up((db) => db.schema.alterTable('sessions').addColumn('chat_id', 'text').execute()),
  '0058_sessions_chat_id': index('sessions_chat_id', 'sessions', ['chat_id']),
  '0059_mail_settings': up((db) =>
    db.schema
      .createTable('mail_settings')
      .addColumn('tenant_id', 'text', (c) => c.primaryKey().references('tenants.id'))
      .addColumn('host', 'text', (c) => c.notNull())
      .addColumn('port', 'integer', (c) => c.notNull())
      .addColumn('security', 'text', (c) => c.notNull())
      .addColumn('user_name', 'text', (c) => c.notNull())
      .addColumn('password_box', 'text')
      .addColumn('from_name', 'text', (c) => c.notNull())
      .addColumn('from_address', 'text', (c) => c.notNull())
      .execute(),
  ),
  '0060_offline_messages': up((db) =>
    db.schema
      .createTable('offline_messages')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('at', 'bigint', (c) => c.notNull())
      .addColumn('language', 'text', (c) => c.notNull())
      .addColumn('state', 'text', (c) => c.notNull())
      .addColumn('changed_by', 'text')
      .addColumn('changed_at', 'bigint')
      .addColumn('box', 'text', (c) => c.notNull())
      .execute(),
  ),
  '0061_offline_messages_at': index('offline_messages_at', 'offline_messages', ['tenant_id', 'at']),
  '0062_offline_messages_state': index('offline_messages_state', 'offline_messages', [
    'tenant_id',
    'state',
    'at',
  ]),
  '0063_spent_proofs': up((db) =>
    db.schema
      .createTable('spent_proofs')
      .addColumn('nonce', 'text', (c) => c.primaryKey())
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .execute(),
  ),
  '0064_notices': up((db) =>
    db.schema
      .createTable('notices')
      .addColumn('account_id', 'text', (c) => c.primaryKey().references('accounts.id'))
      .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
      .addColumn('offline_mail', 'integer', (c) => c.notNull())
      .addColumn('told_at', 'bigint', (c) => c.notNull())
      .addColumn('next_at', 'bigint', (c) => c.notNull())
      .execute(),
  ),
  '0073_sessions_mailed': up((db) => db.schema.alterTable('sessions').addColumn('mailed', 'text').execute()),
  ...chatMigrations,
};
