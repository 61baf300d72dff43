/** The browser of the set-up becomes the administrator's first approved device, while the release key is at hand. */
import { loadSodium } from '../../../shared/crypto/sodium';
import { openVault } from '../../../shared/crypto/vault';
import type { VaultRecord } from '../../../shared/protocol/http';
import { api } from '../../net/api';
import { enrol } from './enrol';
import { StaffDevice } from './staff-device.svelte';

interface First {
  adminId: string;
  password: string;
  record: VaultRecord;
  releaseKey: string;
}

/**
 * Signs in for as long as it takes, as only a signed-in administrator has devices. Whatever fails costs nothing but
 * convenience: the release key does the same later, on the page "Devices".
 * @returns whether this browser is approved
 */
export async function enrolFirst({ adminId, password, record, releaseKey }: First): Promise<boolean> {
  const login = await api.login({ id: adminId, password, role: 'administrator' });
  if (!login.ok) return false;
  const device = new StaffDevice(login.value);
  try {
    await loadSodium();
    const root = await openVault(record, releaseKey);
    return root !== null && (await enrol(device, root));
  } catch {
    return false;
  } finally {
    device.close();
    await api.logout('administrator');
  }
}
