/** A browser asks to become a device of the staff. */
import { checkDeviceRequest, deviceId } from '../../shared/crypto/device';
import { loadSodium } from '../../shared/crypto/sodium';
import type { DeviceRequest, DeviceState } from '../../shared/protocol/device';
import { ProtocolError } from '../../shared/protocol/errors';
import { lockAccount } from '../store/accounts';
import { countDevices, findDevice, insertDevice, touchDevice } from '../store/devices';
import type { AccountRow, DeviceRecord } from '../store/schema';
import type { DevicesContext } from './context';
import { toState } from './state';
import { vaultOf } from './vault';

/** Devices of one account that wait or are approved; nobody works at so many computers. */
export const MAX_DEVICES = 20;

/**
 * Puts a device on the administrator's list. The same request again changes nothing but the name.
 * @throws ProtocolError `invalid` when the keys' holder did not ask for this account and tenant, `conflict` when the
 * keys are somebody else's, `limited` when the account has too many devices
 */
export async function askForDevice(
  context: DevicesContext,
  account: AccountRow,
  id: string,
  request: DeviceRequest,
): Promise<DeviceState> {
  const vault = await vaultOf(context, account.tenant_id);
  if (!(await isGenuine(request, id, account, vault.identity_key))) throw new ProtocolError('invalid');
  const { db, clock } = context;
  const known = await findDevice(db, account.tenant_id, id);
  if (known) {
    if (known.account_id !== account.id) throw new ProtocolError('conflict');
    await touchDevice(db, id, { name: request.name, seen_at: clock.now() });
  } else {
    await add(context, account, id, request);
  }
  const device = await findDevice(db, account.tenant_id, id);
  if (device?.account_id !== account.id) throw new ProtocolError('conflict');
  return toState(device, vault);
}

async function isGenuine(request: DeviceRequest, id: string, account: AccountRow, identityKey: string) {
  const sodium = await loadSodium();
  const owner = { account: account.login_id, role: account.role };
  try {
    return deviceId(sodium, request) === id && checkDeviceRequest(sodium, request, identityKey, owner);
  } catch {
    return false; // keys that are no canonical base64url
  }
}

async function add(context: DevicesContext, account: AccountRow, id: string, request: DeviceRequest) {
  const { db, clock } = context;
  const now = clock.now();
  const row: Parameters<typeof insertDevice>[1] = {
    id,
    tenant_id: account.tenant_id,
    account_id: account.id,
    sign_key: request.signKey,
    box_key: request.boxKey,
    proof: request.proof,
    name: request.name,
    created_at: now,
    seen_at: now,
  };
  const added = await db.transaction().execute(async (store) => {
    // Of many at once each counts those before it.
    await lockAccount(store, account.id);
    if ((await countDevices(store, account.id)) >= MAX_DEVICES) throw new ProtocolError('limited');
    return insertDevice(store, row);
  });
  if (!added) return;
  const device: DeviceRecord = {
    ...row,
    state: 'pending',
    certificate: null,
    wrapped: null,
    approved_at: null,
  };
  await context.whenAsked?.(device, account);
}
