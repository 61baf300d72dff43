/** What the server tells a browser about its own device. */
import { DeviceCertificate, type DeviceState } from '../../shared/protocol/device';
import { ProtocolError } from '../../shared/protocol/errors';
import { MINUTE } from '../clock';
import { findDevice, touchDevice } from '../store/devices';
import type { AccountRow, DeviceRecord, VaultRow } from '../store/schema';
import type { DevicesContext } from './context';
import { publicKeysOf, vaultOf } from './vault';

/** The time of last use is written at most this often. */
const TOUCH_EVERY_MS = MINUTE;

/** @throws ProtocolError `not_found`, also for the device of somebody else */
export async function deviceState(
  context: Pick<DevicesContext, 'db' | 'clock'>,
  account: AccountRow,
  id: string,
): Promise<DeviceState> {
  const { db, clock } = context;
  const device = await findDevice(db, account.tenant_id, id);
  if (device?.account_id !== account.id) throw new ProtocolError('not_found');
  const now = clock.now();
  if ((device.seen_at ?? 0) + TOUCH_EVERY_MS <= now) await touchDevice(db, id, { seen_at: now });
  return toState(device, await vaultOf(context, account.tenant_id));
}

/** A device that is not approved is told nothing but the public keys. */
export function toState(device: DeviceRecord, vault: VaultRow): DeviceState {
  const approved = device.state === 'approved' && device.certificate !== null;
  return {
    state: device.state,
    certificate: approved ? DeviceCertificate.parse(JSON.parse(device.certificate ?? '')) : null,
    wrapped: approved ? device.wrapped : null,
    ...publicKeysOf(vault),
  };
}
