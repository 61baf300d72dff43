/** A staff device as a browser makes it, for tests of what needs one. */
import type { Claimant } from '../../shared/crypto/chat';
import {
  approveDevice,
  deviceId,
  deviceKeys,
  deviceRequest,
  unwrapVault,
  type DeviceKeys,
  type Owner,
  type VaultAccess,
} from '../../shared/crypto/device';
import { loadSodium, type Sodium } from '../../shared/crypto/sodium';
import type { DeviceApproval, DeviceRequest } from '../../shared/protocol/device';
import type { TestServer } from './server';
import { ROOT, VAULT } from './vault';

export interface TestDevice {
  sodium: Sodium;
  id: string;
  keys: DeviceKeys;
  owner: Owner;
  request: DeviceRequest;
  /** As an administrator's browser makes it; the server knows it once it was sent. */
  approval: DeviceApproval;
  /** What the device can open then. */
  access: VaultAccess;
  claimant(operator: string): Claimant;
}

export const OPERATOR: Owner = { account: 'operator', role: 'operator' };
export const ADMIN: Owner = { account: 'admin', role: 'administrator' };

/** A device that nobody knows yet, with an approval for it. */
export async function makeDevice(owner: Owner = OPERATOR, issuedAt = 1_800_000_000_000): Promise<TestDevice> {
  const sodium = await loadSodium();
  const keys = deviceKeys(sodium, sodium.randombytes_buf(32));
  const request = deviceRequest(sodium, keys, VAULT.identityKey, owner, 'Chrome on Linux');
  const approval = approveDevice(sodium, ROOT, request, owner, issuedAt);
  const access = unwrapVault(sodium, keys, approval.wrapped, VAULT.publicKey);
  if (!access) throw new Error('the approval does not open');
  return {
    sodium,
    id: deviceId(sodium, request),
    keys,
    owner,
    request,
    approval,
    access,
    claimant: (operator) => ({
      device: keys,
      certificate: approval.certificate,
      operator,
      identityKey: VAULT.identityKey,
      vaultKey: VAULT.publicKey,
    }),
  };
}

/** The device asks, signed in as its owner. */
export async function askFor(server: TestServer, device: TestDevice): Promise<void> {
  const { role, account } = device.owner;
  const cookie = await server.login(role, account);
  const answer = await server.request('PUT', `/api/devices/${device.id}?role=${role}`, {
    cookie,
    body: device.request,
  });
  if (answer.status !== 200) throw new Error(`not asked: ${JSON.stringify(answer.body)}`);
}

/** A device that went the whole way: asked for by its owner, approved by the administrator. */
export async function approvedDevice(server: TestServer, owner: Owner = OPERATOR): Promise<TestDevice> {
  const device = await makeDevice(owner, server.clock.now());
  await askFor(server, device);
  const answer = await server.request('POST', `/api/admin/devices/${device.id}/approve`, {
    cookie: await server.login('administrator'),
    body: device.approval,
  });
  if (answer.status !== 200) throw new Error(`not approved: ${JSON.stringify(answer.body)}`);
  return device;
}
