/**
 * Approving, in an administrator's browser. The vault's secret comes from the release key or from this browser's own
 * approval; the server has neither, so it cannot approve anything.
 */
import { approveDevice, checkDeviceRequest, deviceId, type Owner } from '../../../shared/crypto/device';
import { toBase64 } from '../../../shared/crypto/encoding';
import { loadSodium, type Sodium } from '../../../shared/crypto/sodium';
import { openVault, ownsVault, signVaultCard, vaultKeys } from '../../../shared/crypto/vault';
import type { DeviceRow } from '../../../shared/protocol/device';
import type { Problem } from '../../net/http';
import { deviceApi } from './device-api';
import type { StaffDevice, StaffDeviceState } from './staff-device.svelte';

/** `wrong_key`: it opens nothing; `distrust`: the server names keys that do not belong to the vault. */
export type Refusal = 'wrong_key' | 'distrust' | Problem;
export type Unlocked = { ok: true; root: Uint8Array } | { ok: false; why: Refusal };

/** Opens the tenant's vault with the release key, and gives an older vault its card. */
export async function unlockVault(releaseKey: string): Promise<Unlocked> {
  const vault = await deviceApi.vault();
  if (!vault.ok) return { ok: false, why: vault };
  const root = await openVault(vault.value, releaseKey);
  if (!root) return { ok: false, why: 'wrong_key' };
  const sodium = await loadSodium();
  if (!ownsVault(sodium, root, vault.value)) return { ok: false, why: 'distrust' };
  if (vault.value.card === null) {
    const added = await deviceApi.addCard(signVaultCard(sodium, root));
    if (!added.ok) return { ok: false, why: added };
  }
  return { ok: true, root };
}

/** The tenant's identity key, base64url, as the vault's secret makes it. */
export const identityKeyOf = (sodium: Sodium, root: Uint8Array): string =>
  toBase64(sodium, vaultKeys(sodium, root).identity.publicKey);

const ownerOf = ({ account, role }: Pick<DeviceRow, 'account' | 'role'>): Owner => ({ account, role });

/** Whether the device's holder asked for this account of this tenant; if not, the server or somebody else made the row up. */
export function isGenuine(sodium: Sodium, row: DeviceRow, identityKey: string): boolean {
  try {
    return deviceId(sodium, row) === row.id && checkDeviceRequest(sodium, row, identityKey, ownerOf(row));
  } catch {
    return false;
  }
}

/** Approves a device on the list. @returns null, or why not */
export async function approveRow(root: Uint8Array, row: DeviceRow): Promise<Refusal | null> {
  const sodium = await loadSodium();
  if (!isGenuine(sodium, row, identityKeyOf(sodium, root))) return 'distrust';
  const result = await deviceApi.approve(row.id, approveDevice(sodium, root, row, ownerOf(row), Date.now()));
  return result.ok ? null : result;
}

/**
 * Makes this browser an approved device of the administrator who is signed in. A device that was revoked, or that
 * trusts another tenant key, is replaced.
 * @returns whether it is approved now; `device.state` tells what is in the way otherwise
 */
export async function enrol(device: StaffDevice, root: Uint8Array): Promise<boolean> {
  const sodium = await loadSodium();
  const identityKey = identityKeyOf(sodium, root);
  const stands = (): StaffDeviceState => device.state;
  if (stands() === 'approved') return true;
  if (stands() === 'none' || stands() === 'loading') await device.askUnder(identityKey);
  else if (stands() !== 'pending' || device.identityKey !== identityKey) await device.startAnew(identityKey);
  const { keys } = device;
  if (stands() !== 'pending' || !keys) return stands() === 'approved';
  const publicKeys = {
    signKey: toBase64(sodium, keys.sign.publicKey),
    boxKey: toBase64(sodium, keys.box.publicKey),
  };
  const owner = { account: device.me.id, role: device.me.role };
  await deviceApi.approve(device.id, approveDevice(sodium, root, publicKeys, owner, Date.now()));
  await device.look();
  return stands() === 'approved';
}
