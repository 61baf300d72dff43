import type { Mode } from '../../shared/protocol/common';
import type { Permit, Role } from '../../shared/protocol/http';
import type { AccountRow, Db, PermitTable } from './schema';

/** How IDs are compared: `Anna` and `anna` are one person. */
export const loginKey = (id: string): string => id.toLowerCase();

/** @returns false if the ID is taken in that role. */
export async function insertAccount(db: Db, row: AccountRow): Promise<boolean> {
  const result = await db
    .insertInto('accounts')
    .values(row)
    .onConflict((conflict) => conflict.columns(['tenant_id', 'role', 'login_key']).doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) === 1;
}

export const findAccount = (
  db: Db,
  tenantId: string,
  role: Role,
  id: string,
): Promise<AccountRow | undefined> =>
  db
    .selectFrom('accounts')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('role', '=', role)
    .where('login_key', '=', loginKey(id))
    .executeTakeFirst();

/** Holds the account until the transaction ends, so that what it has can be counted. */
export async function lockAccount(db: Db, id: string): Promise<void> {
  await db
    .updateTable('accounts')
    .set((is) => ({ state: is.ref('state') }))
    .where('id', '=', id)
    .execute();
}

/** The account of that id, in whichever role. */
export const accountById = (db: Db, id: string): Promise<AccountRow | undefined> =>
  db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();

export const listOperators = (db: Db, tenantId: string): Promise<AccountRow[]> =>
  db
    .selectFrom('accounts')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('role', '=', 'operator')
    .orderBy('login_key')
    .execute();

export type AccountChange = Partial<Pick<AccountRow, 'name' | 'email' | 'password_hash' | 'state'>>;

export async function updateAccount(db: Db, id: string, change: AccountChange): Promise<void> {
  if (Object.keys(change).length === 0) return;
  await db.updateTable('accounts').set(change).where('id', '=', id).execute();
}

export async function insertPermit(
  db: Db,
  tenantId: string,
  accountId: string,
  permit: Permit,
): Promise<void> {
  await db
    .insertInto('permits')
    .values({ account_id: accountId, tenant_id: tenantId, ...toColumns(permit) })
    .execute();
}

export async function updatePermit(db: Db, accountId: string, permit: Permit): Promise<void> {
  await db.updateTable('permits').set(toColumns(permit)).where('account_id', '=', accountId).execute();
}

/** What an operator may do; an account without a row may do nothing. */
export async function findPermit(db: Db, accountId: string): Promise<Permit> {
  const row = await db
    .selectFrom('permits')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row ? fromColumns(row) : NOTHING;
}

/** All permits of a tenant by account, for lists. */
export async function permitsByAccount(db: Db, tenantId: string): Promise<Map<string, Permit>> {
  const rows = await db.selectFrom('permits').selectAll().where('tenant_id', '=', tenantId).execute();
  return new Map(rows.map((row) => [row.account_id, fromColumns(row)]));
}

const NOTHING: Permit = {
  modes: [],
  fileTransfer: false,
  filePrerequest: false,
  appSelection: false,
  appSelectionAlways: false,
  recording: 'off',
};

type PermitColumns = Omit<PermitTable, 'account_id' | 'tenant_id'>;

const toColumns = (permit: Permit): PermitColumns => ({
  modes: JSON.stringify(permit.modes),
  file_transfer: Number(permit.fileTransfer),
  file_prerequest: Number(permit.filePrerequest),
  app_selection: Number(permit.appSelection),
  app_selection_always: Number(permit.appSelectionAlways),
  recording: permit.recording,
});

const fromColumns = (row: PermitColumns): Permit => ({
  modes: JSON.parse(row.modes) as Mode[],
  fileTransfer: row.file_transfer === 1,
  filePrerequest: row.file_prerequest === 1,
  appSelection: row.app_selection === 1,
  appSelectionAlways: row.app_selection_always === 1,
  recording: row.recording,
});
