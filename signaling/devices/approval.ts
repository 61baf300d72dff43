/** The administrator's decisions about devices. The server cannot make an approval; it only refuses a broken one. */
import { checkCertificate } from '../../shared/crypto/device';
import { loadSodium } from '../../shared/crypto/sodium';
import type { DeviceApproval, DeviceCertificate, DeviceRow } from '../../shared/protocol/device';
import { ProtocolError } from '../../shared/protocol/errors';
import type { Author } from '../accounts/operators';
import { writeLog, type LogAction } from '../audit/admin-log';
import { accountById } from '../store/accounts';
import { findDevice, listDevices, markApproved, markRevoked } from '../store/devices';
import type { AccountRow, DeviceRecord } from '../store/schema';
import type { DevicesContext } from './context';
import { vaultOf } from './vault';

/** Rows of one answer. Waiting and approved devices are bounded for each account and come before the revoked ones. */
const MAX_ROWS = 1000;

/** All devices, those that wait first. */
export async function devicesOf({ db }: Pick<DevicesContext, 'db'>, tenantId: string): Promise<DeviceRow[]> {
  const rows = (await listDevices(db, tenantId, MAX_ROWS)).map((row) => ({
    id: row.id,
    signKey: row.sign_key,
    boxKey: row.box_key,
    proof: row.proof,
    name: row.name,
    account: row.login_id,
    accountName: row.owner_name,
    role: row.role,
    state: row.state,
    createdAt: row.created_at,
    approvedAt: row.approved_at,
    seenAt: row.seen_at,
  }));
  return [...rows.filter((row) => row.state === 'pending'), ...rows.filter((row) => row.state !== 'pending')];
}

/**
 * Takes an approval that an administrator's browser has signed.
 * @throws ProtocolError `not_found`; `invalid` when the tenant's identity key did not sign exactly this device;
 * `conflict` when it does not wait any more, or when the vault has no card, without which no device trusts it
 */
export async function approve(
  context: DevicesContext,
  tenantId: string,
  author: Author,
  id: string,
  approval: DeviceApproval,
): Promise<void> {
  const { device, account } = await find(context, tenantId, id);
  const vault = await vaultOf(context, tenantId);
  if (vault.card === null) throw new ProtocolError('conflict', { fields: ['card'] });
  const sodium = await loadSodium();
  const fits = isAbout(device, account, approval.certificate);
  if (!fits || !checkCertificate(sodium, vault.identity_key, approval.certificate)) {
    throw new ProtocolError('invalid', { fields: ['certificate'] });
  }
  const done = await context.db.transaction().execute(async (db) => {
    if (!(await markApproved(db, id, approval, context.clock.now()))) return false;
    await log({ ...context, db }, author, device, account, 'device.approved');
    return true;
  });
  if (!done) throw new ProtocolError('conflict');
  context.notice.approved(account.id, id);
}

/**
 * Takes a device's rights away for good, at once. Doing it again makes good what failed the first time.
 * @throws ProtocolError `not_found`, `conflict` when it was done before
 */
export async function revoke(
  context: DevicesContext,
  tenantId: string,
  author: Author,
  id: string,
): Promise<void> {
  const { device, account } = await find(context, tenantId, id);
  const done = await context.db.transaction().execute(async (db) => {
    if (!(await markRevoked(db, id))) return false;
    await log({ ...context, db }, author, device, account, 'device.revoked');
    return true;
  });
  // First: its browser forgets its keys, whatever becomes of the rest.
  context.notice.revoked(account.id, id);
  await context.whenRevoked?.(device, account);
  if (!done) throw new ProtocolError('conflict');
}

async function find({ db }: DevicesContext, tenantId: string, id: string) {
  const device = await findDevice(db, tenantId, id);
  const account = device && (await accountById(db, device.account_id));
  if (!device || !account) throw new ProtocolError('not_found');
  return { device, account };
}

const isAbout = (device: DeviceRecord, account: AccountRow, certificate: DeviceCertificate): boolean =>
  certificate.signKey === device.sign_key &&
  certificate.boxKey === device.box_key &&
  certificate.account === account.login_key &&
  certificate.role === account.role;

/** The start of the id tells devices of one name apart. */
const log = (
  context: Pick<DevicesContext, 'db' | 'clock'>,
  author: Author,
  device: DeviceRecord,
  account: AccountRow,
  action: LogAction,
) =>
  writeLog(context, {
    ...author,
    tenantId: device.tenant_id,
    action,
    subject: `${account.role}:${account.login_id} (${device.name}, ${device.id.slice(0, 8)})`,
  });
