/** Staff devices. A row is never deleted: a revoked device must not come back by asking again. */
import type { DeviceApproval } from '../../shared/protocol/device';
import type { AccountRow, Db, DeviceRecord } from './schema';

/** @returns false if there is a device with these keys already. */
export async function insertDevice(
  db: Db,
  row: Omit<DeviceRecord, 'state' | 'certificate' | 'wrapped' | 'approved_at'>,
): Promise<boolean> {
  const result = await db
    .insertInto('devices')
    .values({ ...row, state: 'pending', certificate: null, wrapped: null, approved_at: null })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows) === 1;
}

/** A device of the tenant, in whichever state. */
export const findDevice = (db: Db, tenantId: string, id: string): Promise<DeviceRecord | undefined> =>
  db
    .selectFrom('devices')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();

/** The approved device of an account with this signing key; what it signs counts as the account's word. */
export const findApprovedDevice = (
  db: Db,
  accountId: string,
  signKey: string,
): Promise<DeviceRecord | undefined> =>
  db
    .selectFrom('devices')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('sign_key', '=', signKey)
    .where('state', '=', 'approved')
    .executeTakeFirst();

/** Whether the account has any approved device. */
export async function hasApprovedDevice(db: Db, accountId: string): Promise<boolean> {
  const row = await db
    .selectFrom('devices')
    .select('id')
    .where('account_id', '=', accountId)
    .where('state', '=', 'approved')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Devices of one account that wait or are approved. */
export async function countDevices(db: Db, accountId: string): Promise<number> {
  const row = await db
    .selectFrom('devices')
    .select((is) => is.fn.countAll<number | string>().as('count'))
    .where('account_id', '=', accountId)
    .where('state', '!=', 'revoked')
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

export type DeviceWithOwner = DeviceRecord & Pick<AccountRow, 'login_id' | 'role'> & { owner_name: string };

/** Approved ones, waiting ones, revoked ones, each newest first; those of disabled accounts too. */
export const listDevices = (db: Db, tenantId: string, limit: number): Promise<DeviceWithOwner[]> =>
  db
    .selectFrom('devices')
    .innerJoin('accounts', 'accounts.id', 'devices.account_id')
    .selectAll('devices')
    .select(['accounts.login_id', 'accounts.role', 'accounts.name as owner_name'])
    .where('devices.tenant_id', '=', tenantId)
    .orderBy('devices.state')
    .orderBy('devices.created_at', 'desc')
    .orderBy('devices.id')
    .limit(limit)
    .execute();

/** When it was used last, and what it calls itself. */
export async function touchDevice(
  db: Db,
  id: string,
  change: { seen_at: number; name?: string },
): Promise<void> {
  await db.updateTable('devices').set(change).where('id', '=', id).execute();
}

/** @returns false if it does not wait (any more). */
export async function markApproved(
  db: Db,
  id: string,
  { certificate, wrapped }: DeviceApproval,
  at: number,
): Promise<boolean> {
  const result = await db
    .updateTable('devices')
    .set({ state: 'approved', certificate: JSON.stringify(certificate), wrapped, approved_at: at })
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

/** The sealed secret goes with it. @returns false if it was revoked before. */
export async function markRevoked(db: Db, id: string): Promise<boolean> {
  const result = await db
    .updateTable('devices')
    .set({ state: 'revoked', wrapped: null })
    .where('id', '=', id)
    .where('state', '!=', 'revoked')
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}
